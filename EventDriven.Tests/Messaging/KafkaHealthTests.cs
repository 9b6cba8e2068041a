using EventDriven.Messaging.Health;
using EventDriven.Messaging.Kafka;
using EventDriven.Tests.Checkout.Host;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventDriven.Tests.Messaging;

/// <summary>The health of Kafka's connection, while no broker answers.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class KafkaHealthTests
{
    private const int Calls = 40;

    [Fact]
    public async Task Calls_at_the_same_time_wait_for_the_broker_once()
    {
        var kafka = KafkaSettings.Parse(CheckoutApp.Away);
        using var health = new KafkaHealth(kafka, new BrokerRefusals(kafka, NullLogger<BrokerRefusals>.Instance));
        var context = new HealthCheckContext
        {
            Registration = new HealthCheckRegistration("kafka", health, HealthStatus.Degraded, tags: null),
        };

        // One after another, they would take 80 s.
        var answers = await Task.WhenAll(
                Enumerable.Range(0, Calls).Select(_ => health.CheckHealthAsync(context, TestContext.Current.CancellationToken)))
            .WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.All(answers, answer => Assert.Equal(HealthStatus.Degraded, answer.Status));
    }
}
