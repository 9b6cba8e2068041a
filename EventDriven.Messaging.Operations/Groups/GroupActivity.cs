using EventDriven.Messaging.Storage.Groups;

namespace EventDriven.Messaging.Operations.Groups;

/// <summary>What a group's instances and operators have last said of it, by the database's clock.</summary>
/// <param name="SinceSeen">Since when no instance that reads for it was seen; a few seconds while one runs, null when none ever was.</param>
/// <param name="PausedBy">Who lets it pause now; null when nobody does.</param>
internal sealed record GroupActivity(TimeSpan? SinceSeen, string? PausedBy)
{
    // Instances ask every MessagingOptions.Consumer.OperatorPollInterval whether they are to pause, and say so every GroupTable.SeenEvery.
    private static readonly TimeSpan Silence = 3 * GroupTable.SeenEvery;

    /// <summary>Whether an instance runs that reads for it, or has only just ended: what can be told where the cluster doesn't know its members.</summary>
    public bool IsSeen => SinceSeen <= Silence;
}
