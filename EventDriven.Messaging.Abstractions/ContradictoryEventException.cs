namespace EventDriven.Messaging;

/// <summary>
/// An event contradicts an earlier one of its key. Two facts about the same thing can't both be true, and no attempt changes that: whatever
/// its handler's <see cref="RetryPolicy"/> says, the event becomes a dead letter at once, and the earlier one holds. A handler throws it;
/// the message names the field, never its value, which may be personal data.
/// </summary>
public sealed class ContradictoryEventException : Exception
{
    /// <summary>Without saying what.</summary>
    public ContradictoryEventException()
        : this("The event contradicts an earlier one of its key.")
    {
    }

    /// <summary>Says what contradicts what.</summary>
    public ContradictoryEventException(string message)
        : base(message)
    {
    }

    /// <summary>Says what contradicts what, found by another exception.</summary>
    public ContradictoryEventException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
