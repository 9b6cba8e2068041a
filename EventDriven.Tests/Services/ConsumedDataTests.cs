using System.Text;
using Analytics.Worker;
using Analytics.Worker.Database;
using EventDriven.Contracts;
using EventDriven.Messaging;
using EventDriven.Messaging.Consumer;
using EventDriven.Messaging.Events;
using Inventory.Worker;
using Inventory.Worker.Database;
using Microsoft.EntityFrameworkCore;
using Notifications.Worker;
using Notifications.Worker.Database;
using Recommendations.Worker;
using Recommendations.Worker.Database;

namespace EventDriven.Tests.Services;

/// <summary>What a service reads of an event is there, or it reads nothing of it: no zero, no empty id and no null is made up (law L7).</summary>
public sealed class ConsumedDataTests
{
    private static readonly Dictionary<(string Group, string Type), EventBinding> Bindings = new[]
    {
        GroupOf<InventoryDbContext>(InventoryEvents.Configure),
        GroupOf<NotificationsDbContext>(NotificationsEvents.Configure),
        GroupOf<AnalyticsDbContext>(AnalyticsEvents.Configure),
        GroupOf<RecommendationsDbContext>(RecommendationsEvents.Configure),
    }.SelectMany(group => group.Bindings, (group, binding) => ((group.Name, binding.Key), binding.Value)).ToDictionary();

    public static TheoryData<string, string> Consumed => [.. Bindings.Keys];

    [Theory]
    [MemberData(nameof(Consumed))]
    public void Data_without_what_its_consumer_reads_is_unreadable(string group, string type)
    {
        Assert.Throws<UnreadableEventException>(() => Read(group, type, "{}"));
        Assert.Throws<UnreadableEventException>(() => Read(group, type, "null"));

        var written = ContractsJson.Default.GetTypeInfo(Contract(type))!.Properties.Select(property => $"\"{property.Name}\": null");
        Assert.Throws<UnreadableEventException>(() => Read(group, type, $"{{ {string.Join(", ", written)} }}"));
    }

    /// <summary>The producer's record of an event is named as the event is.</summary>
    private static Type Contract(string type)
    {
        var name = typeof(EventTypes).GetFields().Single(field => (string?)field.GetRawConstantValue() == type).Name;
        return typeof(EventTypes).Assembly.GetTypes().Single(contract => contract.Name == name);
    }

    private static void Read(string group, string type, string data)
    {
        var envelope = new EventEnvelope
        {
            Id = "1",
            Source = "/test",
            Type = type,
            Subject = "test",
            Time = Orders.PlacedAt,
            CorrelationId = "correlation",
            CausationId = "causation",
        };
        Attempts.Of(Bindings[(group, type)], envelope, new Delivery(group, "test", 0, 0, 1), Encoding.UTF8.GetBytes(data));
    }

    private static ConsumerGroup GroupOf<TContext>(Action<MessagingBuilder<TContext>> configure)
        where TContext : DbContext
    {
        var messaging = new MessagingBuilder<TContext>("/test");
        configure(messaging);
        return messaging.Groups.Single();
    }
}
