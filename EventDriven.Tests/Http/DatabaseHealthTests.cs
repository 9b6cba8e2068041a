using EventDriven.ServiceDefaults.Health;
using EventDriven.Tests.Checkout.Host;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;

namespace EventDriven.Tests.Http;

/// <summary>The health of a database, however many ask for it.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class DatabaseHealthTests
{
    private const int Calls = 40;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_who_ask_within_a_second_share_one_question()
    {
        await using var services = new ServiceCollection()
            .AddDbContext<AwayDatabase>(options => options.UseNpgsql($"Host={CheckoutApp.Away.Split(':')[0]};Port=1;Timeout=2"))
            .BuildServiceProvider();
        var scopes = new CountedScopes(services.GetRequiredService<IServiceScopeFactory>());
        var time = new FakeTimeProvider();
        var health = new DatabaseHealth<AwayDatabase>(scopes, time);
        var context = new HealthCheckContext
        {
            Registration = new HealthCheckRegistration("database", health, HealthStatus.Unhealthy, tags: null),
        };

        var answers = await Task.WhenAll(Enumerable.Range(0, Calls).Select(_ => health.CheckHealthAsync(context, Token)));
        await health.CheckHealthAsync(context, Token);

        Assert.All(answers, answer => Assert.Equal(HealthStatus.Unhealthy, answer.Status));
        Assert.Equal(1, scopes.Count);

        time.Advance(TimeSpan.FromSeconds(1));
        await health.CheckHealthAsync(context, Token);
        Assert.Equal(2, scopes.Count);
    }

    private sealed class AwayDatabase(DbContextOptions<AwayDatabase> options) : DbContext(options);

    private sealed class CountedScopes(IServiceScopeFactory scopes) : IServiceScopeFactory
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public IServiceScope CreateScope()
        {
            Interlocked.Increment(ref _count);
            return scopes.CreateScope();
        }
    }
}
