namespace EventDriven.Messaging.Consuming;

/// <summary>What became of an event, or of a look at a key's dead letters, in one attempt.</summary>
internal enum AttemptOutcome
{
    /// <summary>It is not finished, and tried again.</summary>
    RetryAt,

    /// <summary>Its effect is committed.</summary>
    Done,

    /// <summary>Its effect had been committed before.</summary>
    Duplicate,

    /// <summary>The group has no handler for it.</summary>
    Passed,

    /// <summary>It is hearsay that can't be read or applied.</summary>
    Dropped,

    /// <summary>It is a dead letter now, and its key is parked.</summary>
    Parked,

    /// <summary>It is stored behind a dead letter of its key.</summary>
    Blocked,

    /// <summary>An operator had given it up before; it parks nothing.</summary>
    Discarded,

    /// <summary>Nothing is left to do for the dead letters of its key, for now.</summary>
    Inspected,

    /// <summary>Another instance has its partition, or is further on it.</summary>
    LeftToOthers,
}
