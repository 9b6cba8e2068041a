namespace EventDriven.Messaging.Storage.DeadLetters;

/// <summary>How states and reasons are written in the table and in commands.</summary>
internal static class StoredNames
{
    public static string Stored(this DeadLetterState state) => state switch
    {
        DeadLetterState.Parked => "parked",
        DeadLetterState.Redriving => "redriving",
        DeadLetterState.Redriven => "redriven",
        DeadLetterState.Discarded => "discarded",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No such state."),
    };

    public static string Stored(this DeadLetterReason reason) => reason switch
    {
        DeadLetterReason.Failed => "failed",
        DeadLetterReason.Unreadable => "unreadable",
        DeadLetterReason.Contradictory => "contradictory",
        DeadLetterReason.Behind => "behind",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "No such reason."),
    };

    /// <summary>Why an event that this ended is a dead letter.</summary>
    public static DeadLetterReason ReasonOf(Exception error) => error switch
    {
        UnreadableEventException => DeadLetterReason.Unreadable,
        ContradictoryEventException => DeadLetterReason.Contradictory,
        _ => DeadLetterReason.Failed,
    };

    public static DeadLetterState State(string stored) => Enum.Parse<DeadLetterState>(stored, ignoreCase: true);

    public static DeadLetterReason Reason(string stored) => Enum.Parse<DeadLetterReason>(stored, ignoreCase: true);

    /// <summary>Whether a text is the name of a reason.</summary>
    public static bool IsReason(string? text) => Enum.GetValues<DeadLetterReason>().Any(known => known.Stored() == text);
}
