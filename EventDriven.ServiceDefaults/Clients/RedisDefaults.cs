using StackExchange.Redis;

namespace EventDriven.ServiceDefaults.Clients;

/// <summary>Redis is a fast path here: a command that can't be answered soon fails, and the database answers instead.</summary>
internal static class RedisDefaults
{
    private const int TimeoutMs = 500;

    public static void Apply(ConfigurationOptions options)
    {
        options.AbortOnConnectFail = false;
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.AsyncTimeout = TimeoutMs;
        options.SyncTimeout = TimeoutMs;
        options.ConnectTimeout = 2 * TimeoutMs;
    }
}
