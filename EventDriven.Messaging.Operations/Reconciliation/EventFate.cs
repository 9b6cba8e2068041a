namespace EventDriven.Messaging.Operations.Reconciliation;

/// <summary>What became of an event in a group.</summary>
internal enum EventFate
{
    /// <summary>It is in the inbox: its effect is committed.</summary>
    Handled,

    /// <summary>An operator gave it up.</summary>
    Discarded,

    /// <summary>It waits in the dead letters.</summary>
    Parked,

    /// <summary>The group has not come so far yet.</summary>
    InFlight,

    /// <summary>The group has gone past it, and nothing knows it: it was lost.</summary>
    Missing,

    /// <summary>The inbox has another event with its source and id: that one had an effect, this one has none.</summary>
    Altered,
}
