using EventDriven.Tests.Messaging.Host;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace EventDriven.Tests.Messaging.Secured;

/// <summary>What the connection string of Redis says of TLS, and a password that changes in configuration.</summary>
public sealed class RedisConnectionTests(SecuredRedis secured) : IClassFixture<SecuredRedis>, IDisposable
{
    // Where the client looks for authorities beside those that the machine trusts.
    private const string TrustedAuthority = "SERedis_IssuerCertPath";
    private const string Setting = "ConnectionStrings:redis";

    public void Dispose() => Environment.SetEnvironmentVariable(TrustedAuthority, null);

    [Fact]
    public async Task The_next_connection_uses_the_password_that_configuration_has_now()
    {
        Environment.SetEnvironmentVariable(TrustedAuthority, secured.Authority);
        await secured.SetPasswordAsync("first");
        using var service = Service(secured.Connection("first"));
        var redis = service.Services.GetRequiredService<IConnectionMultiplexer>();
        await Eventually.TrueAsync(() => AnswersAsync(redis));

        await secured.SetPasswordAsync("second");
        service.Services.GetRequiredService<IConfiguration>()[Setting] = secured.Connection("second");
        await secured.DisconnectAsync();

        await Eventually.TrueAsync(() => AnswersAsync(redis));
        Assert.Equal(SecuredRedis.User, (string?)await redis.GetDatabase().ExecuteAsync("ACL", "WHOAMI"));
    }

    [Fact]
    public async Task Another_password_than_the_configured_one_is_refused()
    {
        Environment.SetEnvironmentVariable(TrustedAuthority, secured.Authority);
        await secured.SetPasswordAsync("right");
        using var service = Service(secured.Connection("wrong"));
        var redis = service.Services.GetRequiredService<IConnectionMultiplexer>();

        Assert.False(await AnswersAsync(redis));
        service.Services.GetRequiredService<IConfiguration>()[Setting] = secured.Connection("right");
        await Eventually.TrueAsync(() => AnswersAsync(redis));
    }

    [Theory]
    [InlineData(false, "127.0.0.1")]
    [InlineData(true, "localhost")]
    public async Task A_server_of_an_unknown_authority_or_of_another_name_is_refused(bool isTrusted, string host)
    {
        Environment.SetEnvironmentVariable(TrustedAuthority, isTrusted ? secured.Authority : null);
        await secured.SetPasswordAsync("first");
        using var service = Service(secured.Connection("first", host));

        Assert.False(await AnswersAsync(service.Services.GetRequiredService<IConnectionMultiplexer>()));
    }

    // Not started: only its client of Redis is used.
    private static IHost Service(string connection)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration[Setting] = connection;
        builder.AddMessaging<TestDatabase>("/secured").UseRedisLeases("redis");
        return builder.Build();
    }

    private static async Task<bool> AnswersAsync(IConnectionMultiplexer redis)
    {
        try
        {
            await redis.GetDatabase().PingAsync();
            return true;
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            return false;
        }
    }
}
