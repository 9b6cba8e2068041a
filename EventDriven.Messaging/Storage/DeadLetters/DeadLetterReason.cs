namespace EventDriven.Messaging.Storage.DeadLetters;

/// <summary>Why a record is a dead letter. Stored in lower case.</summary>
public enum DeadLetterReason
{
    /// <summary>Its handler failed in every attempt, or in a way that no further attempt changes.</summary>
    Failed,

    /// <summary>It is no event that can be read.</summary>
    Unreadable,

    /// <summary>It contradicts an earlier event of its key; see <see cref="ContradictoryEventException"/>.</summary>
    Contradictory,

    /// <summary>It stands behind a dead letter of its key, and was not tried.</summary>
    Behind,
}
