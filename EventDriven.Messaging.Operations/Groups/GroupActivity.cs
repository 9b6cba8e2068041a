using EventDriven.Messaging.Storage.Groups;

namespace EventDriven.Messaging.Operations.Groups;

/// <summary>Whether a group's instances run and whether it is paused, as its database records it.</summary>
/// <param name="SinceSeen">
/// Time since an instance that reads for the group was seen: a few seconds while one runs, null when none ever was.
/// </param>
/// <param name="PausedBy">Who has paused the group; null when it is not paused.</param>
public sealed record GroupActivity(TimeSpan? SinceSeen, string? PausedBy)
{
    // A running instance records itself every GroupTable.SeenEvery.
    private static readonly TimeSpan SeenTimeout = 3 * GroupTable.SeenEvery;

    /// <summary>A group of which nothing is recorded.</summary>
    public static GroupActivity None { get; } = new(null, null);

    /// <summary>
    /// Whether an instance was seen within the last 15 s. Where the cluster does not know a group's members, nothing else tells.
    /// </summary>
    public bool IsSeen => SinceSeen <= SeenTimeout;
}
