namespace EventDriven.Messaging.Telemetry;

/// <summary>What became of one attempt to apply an event.</summary>
internal enum Outcome
{
    /// <summary>Its effect is committed.</summary>
    Handled,

    /// <summary>Its effect had been committed before.</summary>
    Duplicate,

    /// <summary>The group has no handler of its type.</summary>
    Ignored,

    /// <summary>The handler or the database failed; it will be tried again.</summary>
    Failed,

    /// <summary>It was a dead letter, and its effect is committed.</summary>
    Redriven,

    /// <summary>It can't be read; it is kept as a dead letter.</summary>
    Unreadable,

    /// <summary>It is hearsay that can't be read or applied.</summary>
    Dropped,
}
