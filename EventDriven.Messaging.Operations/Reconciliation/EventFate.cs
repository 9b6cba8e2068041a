namespace EventDriven.Messaging.Operations.Reconciliation;

/// <summary>What became of an event in a group.</summary>
public enum EventFate
{
    /// <summary>It is in the inbox: its effect is committed.</summary>
    Handled,

    /// <summary>An operator has discarded it.</summary>
    Discarded,

    /// <summary>It is a dead letter.</summary>
    Parked,

    /// <summary>The group has not read it yet.</summary>
    InFlight,

    /// <summary>It was lost: the group has read past it, but it is in neither inbox nor dead letters.</summary>
    Missing,

    /// <summary>The inbox has another event with its source and id. Only that one had an effect.</summary>
    Altered,
}
