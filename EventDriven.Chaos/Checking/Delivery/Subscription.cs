using EventDriven.Contracts;
using EventDriven.Contracts.Customers;
using EventDriven.Contracts.Inventory;
using EventDriven.Contracts.Orders;
using EventDriven.Contracts.Payments;
using EventDriven.Messaging;

namespace EventDriven.Chaos.Checking.Delivery;

/// <summary>
/// What a group has to handle. It is written down here and not taken from the system, which may have lost a handler.
/// </summary>
/// <param name="Group">The group.</param>
/// <param name="Topics">Its topics, without those that it may miss events of.</param>
/// <param name="Types">The event types.</param>
internal sealed record Subscription(string Group, IReadOnlyList<string> Topics, IReadOnlyList<string> Types)
{
    private static readonly Type[] OfOrders = [typeof(OrderPlaced), typeof(OrderConfirmed), typeof(OrderRejected), typeof(OrderCancelled)];

    /// <summary>Those of all groups.</summary>
    public static IReadOnlyList<Subscription> All { get; } =
    [
        Of("checkout", [Contracts.Topics.Inventory], typeof(StockReserved), typeof(StockRejected)),
        Of("inventory", [Contracts.Topics.Orders], typeof(OrderPlaced), typeof(OrderCancelled)),
        Of(
            "notifications",
            [Contracts.Topics.Orders, Contracts.Topics.Payments, Contracts.Topics.Customers],
            [
                .. OfOrders, typeof(PaymentCaptured), typeof(PaymentRefused), typeof(PaymentRefunded), typeof(UserSignedUp),
                typeof(CustomerForgotten),
            ]),
        Of(
            "analytics",
            [Contracts.Topics.Orders, Contracts.Topics.Payments, Contracts.Topics.Inventory, Contracts.Topics.Customers],
            [.. OfOrders, typeof(PaymentCaptured), typeof(PaymentRefunded), typeof(StockReserved), typeof(UserSignedUp)]),
        Of("recommendations", [Contracts.Topics.Orders], typeof(OrderPlaced)),
    ];

    private static Subscription Of(string group, TopicDefinition[] topics, params Type[] types) =>
        new(group, [.. topics.Select(topic => topic.Name)], [.. types.Select(EventName.Of)]);
}
