namespace EventDriven.Messaging.Telemetry;

/// <summary>The outcome of one attempt to handle an event.</summary>
internal enum Outcome
{
    /// <summary>Its effect is committed.</summary>
    Handled,

    /// <summary>The event had been handled before.</summary>
    Duplicate,

    /// <summary>The group has no handler for the event's type.</summary>
    Ignored,

    /// <summary>The handler or the database failed; the event is tried again.</summary>
    Failed,

    /// <summary>The dead letter was redriven: its effect is committed.</summary>
    Redriven,

    /// <summary>The record can't be read and becomes a dead letter.</summary>
    Unreadable,

    /// <summary>The record is hearsay that can't be read or applied; it is dropped.</summary>
    Dropped,
}
