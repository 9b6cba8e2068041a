using Analytics.Worker;
using EventDriven.Chaos.Checking.Delivery;
using EventDriven.Messaging;
using EventDriven.Messaging.Consuming;
using Inventory.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Notifications.Worker;
using Recommendations.Worker;

namespace EventDriven.Tests.Chaos;

/// <summary>What the checker says that groups have to handle is what the services register.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class SubscriptionTests
{
    [Fact]
    public void The_checker_knows_every_topic_and_type_that_the_services_register() => Assert.Equal(
        new[]
        {
            Of(global::Checkout.Api.CheckoutEvents.AddCheckoutEvents), Of(InventoryEvents.AddInventoryEvents),
            Of(NotificationsEvents.AddNotificationsEvents), Of(AnalyticsEvents.AddAnalyticsEvents),
            Of(RecommendationsEvents.AddRecommendationsEvents),
        },
        Subscription.All.Select(known => Text(known.Group, known.Topics, known.Types)));

    private static string Of(Func<IHostApplicationBuilder, IMessagingBuilder> messaging)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        messaging(builder);
        using var host = builder.Build();
        var group = host.Services.GetRequiredService<ConsumerGroup>();
        return Text(
            group.Name,
            group.Topics.Except(group.HearsayTopics),
            group.Bindings.Keys.Where(type => type != EventTypes.EventsHandled));
    }

    private static string Text(string group, IEnumerable<string> topics, IEnumerable<string> types) =>
        $"{group}: {string.Join(", ", topics.Order(StringComparer.Ordinal))}: {string.Join(", ", types.Order(StringComparer.Ordinal))}";
}
