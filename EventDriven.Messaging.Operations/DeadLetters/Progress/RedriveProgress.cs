namespace EventDriven.Messaging.Operations.DeadLetters.Progress;

/// <summary>
/// How far a redrive of a group is, by what the group's database holds of its dead letters. A dead letter counts for the last change that
/// asked to redrive it, until it is deleted after its retention.
/// </summary>
/// <param name="ChangeId">The change that asked for it, as the audit trail has it; it contains the time when it began.</param>
/// <param name="Group">Consumer group.</param>
/// <param name="Count">How many dead letters it has, with those that have joined their keys since.</param>
/// <param name="Applied">How many were applied.</param>
/// <param name="Discarded">How many were discarded meanwhile.</param>
/// <param name="Parked">How many are parked again: they failed again, or are blocked by one that did.</param>
public sealed record RedriveProgress(Guid ChangeId, string Group, long Count, long Applied, long Discarded, long Parked)
{
    private const int TimeDigits = 12;
    private const int HexadecimalBase = 16;

    /// <summary>When the change began, UTC: its id is a UUID of version 7.</summary>
    public DateTimeOffset Begun =>
        DateTimeOffset.FromUnixTimeMilliseconds(Convert.ToInt64(ChangeId.ToString("N")[..TimeDigits], HexadecimalBase));

    /// <summary>How many have not been tried yet.</summary>
    public long Pending => Count - Done;

    /// <summary>How many are through, whatever has become of them.</summary>
    public long Done => Applied + Discarded + Parked;
}
