using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Analytics.Worker;
using Checkout.Api.Orders.StockFacts;
using EventDriven.Contracts;
using EventDriven.Contracts.Customers;
using EventDriven.Contracts.Orders;
using EventDriven.Contracts.Payments;
using EventDriven.Contracts.Receipts;
using EventDriven.Messaging;
using EventDriven.Messaging.Consuming;
using Inventory.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Notifications.Worker;
using Recommendations.Worker;
using Facts = EventDriven.Contracts.Inventory;
using StockShortage = EventDriven.Contracts.Inventory.StockShortage;

namespace EventDriven.Tests.Services;

/// <summary>
/// What a service reads of an event is there and is what it admits, or it reads nothing of it: no zero, no empty id and no null is made up,
/// and no value is believed (law L7).
/// </summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class ConsumedDataTests
{
    private const string Checkout = "checkout";
    private const string Inventory = "inventory";
    private const string Notifications = "notifications";
    private const string Analytics = "analytics";
    private const string Recommendations = "recommendations";

    private const string NoId = "\"00000000-0000-0000-0000-000000000000\"";
    private const string NoTime = "\"0001-01-01T00:00:00Z\"";
    private const string Empty = "\"\"";
    private const string Nul = "\"a\\u0000b\"";
    private const string Sixteen = "0123456789abcdef";
    private const string Longest = "\"" + Sixteen + Sixteen + Sixteen + Sixteen + "\"";
    private const string Long = "\"" + Sixteen + Sixteen + Sixteen + Sixteen + "-\"";
    private const string VeryLong = "\"" + Sixteen + Sixteen + Sixteen + Sixteen + Sixteen + Sixteen + Sixteen + Sixteen
        + Sixteen + Sixteen + Sixteen + Sixteen + Sixteen + Sixteen + Sixteen + Sixteen + "\"";

    private static readonly Dictionary<(string Group, string Type), EventBinding> Bindings = new[]
    {
        GroupOf(InventoryEvents.AddInventoryEvents),
        GroupOf(NotificationsEvents.AddNotificationsEvents),
        GroupOf(AnalyticsEvents.AddAnalyticsEvents),
        GroupOf(RecommendationsEvents.AddRecommendationsEvents),
    }
    .SelectMany(group => group.Bindings, (group, binding) => ((group.Name, binding.Key), binding.Value))
    .Append(
        ((Checkout, EventTypes.StockReserved), EventBinding.OfBatches<StockReserved, ConfirmOrder>(StockFactsJson.Default.StockReserved)))
    .Append(((Checkout, EventTypes.StockRejected), EventBinding.Of<StockRejected, RejectOrder>(StockFactsJson.Default.StockRejected)))
    .ToDictionary();

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

    [Theory]
    [InlineData(EventTypes.OrderPlaced, "orderId", NoId, Inventory, Notifications, Analytics, Recommendations)]
    [InlineData(EventTypes.OrderPlaced, "lines", "[]", Inventory, Notifications, Analytics, Recommendations)]
    [InlineData(EventTypes.OrderPlaced, "lines[0].quantity", "-5", Inventory, Notifications, Analytics)]
    [InlineData(EventTypes.OrderPlaced, "lines[0].quantity", "0", Inventory, Notifications, Analytics)]
    [InlineData(EventTypes.OrderPlaced, "lines[0].quantity", "10001", Inventory, Notifications, Analytics)]
    [InlineData(EventTypes.OrderPlaced, "lines[0].sku", Empty, Inventory, Notifications, Analytics, Recommendations)]
    [InlineData(EventTypes.OrderPlaced, "lines[0].sku", Nul, Inventory, Notifications, Analytics, Recommendations)]
    [InlineData(EventTypes.OrderPlaced, "lines[0].sku", Long, Inventory, Notifications, Analytics, Recommendations)]
    [InlineData(EventTypes.OrderPlaced, "email", Nul, Notifications)]
    [InlineData(EventTypes.OrderPlaced, "email", "\"ada@example.org\\r\\nBcc: eve@example.org\"", Notifications)]
    [InlineData(EventTypes.OrderPlaced, "currency", "\"euro\"", Notifications, Analytics)]
    [InlineData(EventTypes.OrderPlaced, "currency", Empty, Notifications, Analytics)]
    [InlineData(EventTypes.OrderPlaced, "currency", Nul, Notifications, Analytics)]
    [InlineData(EventTypes.OrderPlaced, "total", "-0.01", Notifications, Analytics)]
    [InlineData(EventTypes.OrderPlaced, "total", "0.001", Notifications, Analytics)]
    [InlineData(EventTypes.OrderPlaced, "total", "1000000000000", Notifications, Analytics)]
    [InlineData(EventTypes.OrderPlaced, "placedAt", NoTime, Analytics)]
    [InlineData(EventTypes.OrderConfirmed, "orderId", NoId, Notifications, Analytics)]
    [InlineData(EventTypes.OrderConfirmed, "confirmedAt", NoTime, Analytics)]
    [InlineData(EventTypes.OrderRejected, "orderId", NoId, Notifications, Analytics)]
    [InlineData(EventTypes.OrderRejected, "skus", "[]", Notifications)]
    [InlineData(EventTypes.OrderRejected, "skus[0]", Nul, Notifications)]
    [InlineData(EventTypes.OrderRejected, "skus[0]", Long, Notifications)]
    [InlineData(EventTypes.OrderCancelled, "orderId", NoId, Inventory, Notifications, Analytics)]
    [InlineData(EventTypes.StockReserved, "orderId", NoId, Checkout, Analytics)]
    [InlineData(EventTypes.StockReserved, "reservedAt", NoTime, Analytics)]
    [InlineData(EventTypes.StockRejected, "orderId", NoId, Checkout)]
    [InlineData(EventTypes.StockRejected, "shortages", "[]", Checkout)]
    [InlineData(EventTypes.StockRejected, "shortages[0].sku", Nul, Checkout)]
    [InlineData(EventTypes.StockRejected, "shortages[0].sku", Long, Checkout)]
    [InlineData(EventTypes.UserSignedUp, "customerId", NoId, Notifications, Analytics)]
    [InlineData(EventTypes.UserSignedUp, "email", "\"nowhere\"", Notifications)]
    [InlineData(EventTypes.UserSignedUp, "name", Empty, Notifications)]
    [InlineData(EventTypes.UserSignedUp, "name", Nul, Notifications)]
    [InlineData(EventTypes.UserSignedUp, "name", VeryLong, Notifications)]
    [InlineData(EventTypes.UserSignedUp, "signedUpAt", NoTime, Analytics)]
    [InlineData(EventTypes.PaymentRefused, "orderId", NoId, Notifications)]
    [InlineData(EventTypes.PaymentRefused, "amount", "-1", Notifications)]
    [InlineData(EventTypes.PaymentRefused, "currency", Empty, Notifications)]
    [InlineData(EventTypes.PaymentRefused, "reason", Nul, Notifications)]
    [InlineData(EventTypes.PaymentRefused, "providerReference", Nul, Notifications)]
    [InlineData(EventTypes.PaymentRefunded, "orderId", NoId, Notifications, Analytics)]
    [InlineData(EventTypes.PaymentRefunded, "amount", "0.001", Notifications, Analytics)]
    [InlineData(EventTypes.PaymentRefunded, "currency", Empty, Notifications, Analytics)]
    [InlineData(EventTypes.PaymentRefunded, "providerReference", Nul, Notifications, Analytics)]
    [InlineData(EventTypes.PaymentRefunded, "refundedAt", NoTime, Analytics)]
    [InlineData(EventTypes.PaymentCaptured, "orderId", NoId, Notifications, Analytics)]
    [InlineData(EventTypes.PaymentCaptured, "amount", "-1", Notifications, Analytics)]
    [InlineData(EventTypes.PaymentCaptured, "currency", "\"eur\"", Notifications, Analytics)]
    [InlineData(EventTypes.PaymentCaptured, "providerReference", VeryLong, Notifications, Analytics)]
    [InlineData(EventTypes.PaymentCaptured, "capturedAt", NoTime, Analytics)]
    [InlineData(EventTypes.EventsHandled, "group", Nul, Analytics)]
    [InlineData(EventTypes.EventsHandled, "group", VeryLong, Analytics)]
    public void Data_that_its_consumer_does_not_admit_is_unreadable_with_its_field(
        string type, string field, string value, params string[] groups)
    {
        var data = Changed(type, field, value);

        Assert.All(groups, group =>
        {
            var exception = Assert.Throws<UnreadableEventException>(() => Read(group, type, data));
            Assert.Contains($": {field} must ", exception.Message, StringComparison.Ordinal);
        });
    }

    [Theory]
    [MemberData(nameof(Consumed))]
    public void The_least_and_the_most_that_its_producer_may_say_is_read(string group, string type)
    {
        Read(group, type, Json(type));
        foreach (var most in Most(type))
        {
            Read(group, type, most);
        }
    }

    /// <summary>The producer's record of an event.</summary>
    private static Type Contract(string type) =>
        typeof(ContractsJson).Assembly.GetTypes().Single(contract => contract.GetCustomAttribute<EventAttribute>()?.Name == type);

    private static string Json(string type) => JsonSerializer.Serialize<object>(Fact(type), ContractsJson.Default.Options);

    private static object Fact(string type) => type switch
    {
        EventTypes.OrderPlaced => Orders.Placed(Orders.NewId(), ("x", 1)) with { Total = 0 },
        EventTypes.OrderConfirmed => new OrderConfirmed(Orders.NewId(), Orders.PlacedAt),
        EventTypes.OrderRejected => new OrderRejected(Orders.NewId(), "out-of-stock", ["x"], Orders.PlacedAt),
        EventTypes.OrderCancelled => Orders.Cancelled(Orders.NewId()),
        EventTypes.PaymentCaptured => new PaymentCaptured(Orders.NewId(), "reference", 1, "EUR", Orders.PlacedAt),
        EventTypes.PaymentRefused => new PaymentRefused(Orders.NewId(), "reference", 1, "EUR", "order-cancelled", Orders.PlacedAt),
        EventTypes.PaymentRefunded => new PaymentRefunded(Orders.NewId(), "reference", 1, "EUR", "order-cancelled", Orders.PlacedAt),
        EventTypes.StockReserved => new Facts.StockReserved(Orders.NewId(), [], Orders.PlacedAt),
        EventTypes.StockRejected => new Facts.StockRejected(Orders.NewId(), [new StockShortage("x", 1, 0)], Orders.PlacedAt),
        EventTypes.UserSignedUp => new UserSignedUp(Orders.NewId(), "a@b", "x", Orders.PlacedAt),
        EventTypes.CustomerForgotten => new CustomerForgotten(Orders.NewId(), Orders.PlacedAt),
        EventTypes.EventsHandled => new EventsHandled("x", []),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Add an example of it."),
    };

    // What Checkout's and Inventory's own rules let through at the utmost.
    private static IEnumerable<string> Most(string type) => type switch
    {
        EventTypes.OrderPlaced =>
        [
            Changed(
                type,
                "lines",
                $"[{string.Join(',', Enumerable.Repeat($$"""{ "sku": {{Longest}}, "quantity": 10000, "unitPrice": 69 }""", 100))}]"),
            Changed(type, "total", "999999999999.99"),
            Changed(type, "email", $"\"{new string('a', 64)}@{string.Join('.', Enumerable.Repeat(new string('b', 61), 3))}.eu\""),
        ],
        EventTypes.OrderRejected => [Changed(type, "skus", $"[{string.Join(',', Enumerable.Repeat(Longest, 100))}]")],
        EventTypes.StockRejected =>
            [Changed(
                type,
                "shortages",
                $"[{string.Join(',', Enumerable.Repeat($$"""{ "sku": {{Longest}}, "requested": 10000, "available": 0 }""", 100))}]")],
        EventTypes.UserSignedUp => [Changed(type, "name", $"\"{new string('é', 200)}\"")],
        _ => [],
    };

    /// <summary>The data with another value in a field.</summary>
    private static string Changed(string type, string field, string value)
    {
        var root = JsonNode.Parse(Json(type))!;
        var parts = field.Replace("[0]", ".0", StringComparison.Ordinal).Split('.');
        var parent = parts[..^1].Aggregate(root, (node, part) => part == "0" ? node[0]! : node[part]!);
        if (parts[^1] == "0")
        {
            parent[0] = JsonNode.Parse(value);
        }
        else
        {
            parent[parts[^1]] = JsonNode.Parse(value);
        }

        return root.ToJsonString();
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

    private static ConsumerGroup GroupOf(Func<IHostApplicationBuilder, IMessagingBuilder> messaging)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        messaging(builder);
        using var host = builder.Build();
        return host.Services.GetRequiredService<ConsumerGroup>();
    }
}
