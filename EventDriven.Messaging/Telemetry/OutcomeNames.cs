namespace EventDriven.Messaging.Telemetry;

/// <summary>The names of outcomes in metrics and spans.</summary>
internal static class OutcomeNames
{
    public static string Name(this Outcome outcome) => outcome switch
    {
        Outcome.Handled => "handled",
        Outcome.Duplicate => "duplicate",
        Outcome.Ignored => "ignored",
        Outcome.Failed => "failed",
        Outcome.Redriven => "redriven",
        Outcome.Unreadable => "unreadable",
        Outcome.Dropped => "dropped",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "No such outcome."),
    };
}
