namespace EventDriven.Messaging.Receipts;

/// <summary>The outcomes that a receipt can have.</summary>
internal static class ReceiptOutcome
{
    /// <summary>Its effect is committed.</summary>
    public const string Handled = "handled";

    /// <summary>The event had been handled before.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>An attempt failed. The event is tried again or becomes a dead letter.</summary>
    public const string Failed = "failed";

    /// <summary>The event is a dead letter, and its key is parked.</summary>
    public const string Parked = "parked";

    /// <summary>The event is blocked: it was stored without an attempt, because its key is parked.</summary>
    public const string Behind = "behind";

    /// <summary>The dead letter was redriven: its effect is committed.</summary>
    public const string Redriven = "redriven";
}
