namespace EventDriven.Messaging.Receipts;

/// <summary>What became of an event in a group, as receipts say it.</summary>
internal static class ReceiptOutcome
{
    /// <summary>Its effect is committed.</summary>
    public const string Handled = "handled";

    /// <summary>Its effect had been committed before.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>An attempt failed; unless it is parked then, it is tried again.</summary>
    public const string Failed = "failed";

    /// <summary>It is a dead letter, and its key is parked.</summary>
    public const string Parked = "parked";

    /// <summary>It is a dead letter because its key was parked, and was not tried.</summary>
    public const string Behind = "behind";

    /// <summary>It was a dead letter, and its effect is committed.</summary>
    public const string Redriven = "redriven";
}
