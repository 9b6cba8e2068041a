using EventDriven.Chaos.Evidence.Checkout;
using EventDriven.Chaos.Evidence.Groups;
using EventDriven.Chaos.Evidence.Inventory;
using EventDriven.Chaos.Evidence.Logs;
using EventDriven.Chaos.Evidence.Notifications;
using EventDriven.Chaos.Evidence.ReadModels;

namespace EventDriven.Chaos.Evidence;

/// <summary>All that a system has stored, read while nothing changed: its log, its databases and its mails.</summary>
/// <param name="Log">Every record, by topic, partition and offset.</param>
/// <param name="Checkout">Orders, answers, payments and customers.</param>
/// <param name="Inventory">Stock and reservations.</param>
/// <param name="Notifications">Messages and mails.</param>
/// <param name="ReadModels">The rows of Analytics' and Recommendations' read models.</param>
/// <param name="Outbox">Events that are committed and not yet sent, of all services.</param>
/// <param name="Groups">What each consumer group has handled.</param>
internal sealed record SystemEvidence(
    IReadOnlyList<LoggedRecord> Log,
    CheckoutEvidence Checkout,
    InventoryEvidence Inventory,
    NotificationsEvidence Notifications,
    IReadOnlyList<ReadModelRow> ReadModels,
    IReadOnlyList<WaitingEvent> Outbox,
    IReadOnlyList<GroupEvidence> Groups);
