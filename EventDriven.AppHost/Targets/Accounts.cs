namespace EventDriven.AppHost.Targets;

/// <summary>The accounts as which containers run: no container runs as root.</summary>
internal static class Accounts
{
    /// <summary>Of .NET's own images.</summary>
    public const long App = 1654;

    // Of each server's own image.
    private const long Postgres = 999;
    private const long Redis = 999;
    private const long Kafka = 1000;

    /// <summary>The account of a server.</summary>
    public static long Of(IResource server) => server switch
    {
        PostgresServerResource => Postgres,
        RedisResource => Redis,
        _ => Kafka,
    };
}
