namespace EventDriven.Messaging.Storage.DeadLetters;

/// <summary>What becomes of a dead letter. Stored in lower case.</summary>
public enum DeadLetterState
{
    /// <summary>It waits for an operator.</summary>
    Parked,

    /// <summary>An operator asked for it; the owner of its partition applies it soon.</summary>
    Redriving,

    /// <summary>It was applied.</summary>
    Redriven,

    /// <summary>An operator gave it up, with a reason.</summary>
    Discarded,
}
