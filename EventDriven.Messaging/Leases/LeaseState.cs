namespace EventDriven.Messaging.Leases;

/// <summary>What Redis says about an event.</summary>
internal enum LeaseState
{
    /// <summary>Redis didn't answer.</summary>
    Unknown,

    /// <summary>The caller holds the lease.</summary>
    Acquired,

    /// <summary>Another caller holds it.</summary>
    HeldByAnother,

    /// <summary>The effect is committed.</summary>
    Done,

    /// <summary>The effect of another event with the same source and id is committed.</summary>
    DoneAltered,
}
