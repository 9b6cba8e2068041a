using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using EventDriven.Hosting.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace EventDriven.Tests.Hosting;

/// <summary>An application may leave its keys open.</summary>
public sealed class RedisKeysTests
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData]
    [InlineData("*")]
    [InlineData("inbox:*", "*")]
    public async Task Without_a_limit_services_use_any_key_and_administer_nothing(params string[] keys)
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            AssemblyName = typeof(Projects.EventDriven_AppHost).Assembly.GetName().Name,
            DisableDashboard = true,
            Args = ["Servers=processes", "DcpPublisher:RandomizePorts=true"],
        });
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        var server = builder.AddRedisServer("redis", keys).Resource;
        await using var application = builder.Build();
        using var start = CancellationTokenSource.CreateLinkedTokenSource(Token);
        start.CancelAfter(StartTimeout);
        await application.StartAsync(start.Token);
        await application.ResourceNotifications.WaitForResourceHealthyAsync(
            server.Name, WaitBehavior.StopOnResourceUnavailable, start.Token);

        await using var redis = await ConnectionMultiplexer.ConnectAsync($"{await server.GetConnectionStringAsync(Token)},allowAdmin=true");

        Assert.True(await redis.GetDatabase().StringSetAsync("any-key", "1", TimeSpan.FromMinutes(1)));
        await Assert.ThrowsAsync<RedisServerException>(() => redis.GetDatabase().ExecuteAsync("FLUSHALL"));
        await application.StopAsync(Token);
    }
}
