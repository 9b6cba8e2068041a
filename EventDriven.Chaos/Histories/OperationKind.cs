namespace EventDriven.Chaos.Histories;

/// <summary>What was asked of the system.</summary>
internal enum OperationKind
{
    /// <summary>An order is placed.</summary>
    Place,

    /// <summary>An earlier request is sent again, with its <c>Idempotency-Key</c>.</summary>
    Repeat,

    /// <summary>An order is cancelled.</summary>
    Cancel,

    /// <summary>The payment provider's webhook says that money was captured.</summary>
    Pay,

    /// <summary>A customer signs up.</summary>
    SignUp,

    /// <summary>A customer is forgotten.</summary>
    Forget,

    /// <summary>An operator sets the available quantity of an article.</summary>
    SetStock,

    /// <summary>An operator has dead letters handled again.</summary>
    Redrive,

    /// <summary>An operator has a group read the log again.</summary>
    Replay,

    /// <summary>
    /// A record that no consumer can read is produced: <see cref="Operation.Instance"/> is its topic and
    /// <see cref="Operation.CorrelationId"/> its key, which no order and no customer has.
    /// </summary>
    Poison,
}
