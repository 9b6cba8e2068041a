namespace EventDriven.Messaging.Operations.Status;

/// <summary>The kinds of parts that a system has, most important first.</summary>
public enum StatusPartKind
{
    /// <summary>The Kafka cluster.</summary>
    Kafka,

    /// <summary>A service's database.</summary>
    Database,

    /// <summary>A consumer group.</summary>
    Group,

    /// <summary>An instance of a service.</summary>
    Service,

    /// <summary>The outbox in a service's database.</summary>
    Outbox,
}
