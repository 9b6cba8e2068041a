namespace EventDriven.Contracts;

/// <summary>Every topic of this system. The key of each event is its subject: an order id, unless the topic says otherwise.</summary>
public static class Topics
{
    private const int Partitions = 12;
    private static readonly TimeSpan Retention = TimeSpan.FromDays(7);

    /// <summary>Facts about orders, by Checkout; keyed by order id.</summary>
    public static readonly TopicDefinition Orders = new("orders.v1", Partitions, Retention);

    /// <summary>Facts about payments, by Checkout; keyed by order id.</summary>
    public static readonly TopicDefinition Payments = new("payments.v1", Partitions, Retention);

    /// <summary>Facts about stock held for orders, by Inventory; keyed by order id.</summary>
    public static readonly TopicDefinition Inventory = new("inventory.v1", Partitions, Retention);

    /// <summary>Facts about customers, by Checkout; keyed by customer id.</summary>
    public static readonly TopicDefinition Customers = new("customers.v1", Partitions, Retention);

    /// <summary>
    /// What each consumer group did with the events above, by all services; keyed by group. It may lose events, so nothing may depend on
    /// it.
    /// </summary>
    public static readonly TopicDefinition Receipts = new("receipts.v1", 3, TimeSpan.FromDays(3));

    /// <summary>All of them, in the order in which they are created.</summary>
    public static IReadOnlyList<TopicDefinition> All { get; } = [Orders, Payments, Inventory, Customers, Receipts];
}
