using EventDriven.ControlRoom.Changes;
using EventDriven.ControlRoom.Flow;
using EventDriven.ControlRoom.Replay.Tasks;

namespace EventDriven.ControlRoom.Replay;

/// <summary>What the page shows.</summary>
/// <param name="Flow">The groups as they were read last; null before the first reading.</param>
/// <param name="Tasks">The newest task of each group.</param>
/// <param name="Input">What is filled in.</param>
public sealed record ReplayModel(FlowSnapshot? Flow, IReadOnlyList<GroupTask> Tasks, ReplayInput Input)
{
    /// <summary>What a replay would do; null when nothing is filled in, or it is refused.</summary>
    public ReplayPreview? Preview { get; init; }

    /// <summary>What is wrong; null for nothing.</summary>
    public string? Problem { get; init; }

    /// <summary>Changes of before; null when the audit trail does not answer.</summary>
    public IReadOnlyList<RecordedChange>? Changes { get; init; }

    /// <summary>Whether whoever looks may change something.</summary>
    public bool MayWrite { get; init; }

    /// <summary>Whether the program of the group's service is at hand, with which it is rehearsed and rebuilt.</summary>
    public bool HasProgram { get; init; }

    /// <summary>The chosen group; null when none is chosen, or it is not known.</summary>
    public GroupFlow? Chosen => Flow?.Groups.FirstOrDefault(group => group.Name == Input.Group);

    /// <summary>
    /// Whether the group's service may have a read model that can be rebuilt: its offsets are in its database, and it publishes nothing.
    /// </summary>
    public bool IsReadModel => Chosen is { KeepsOffsets: true } group
        && Flow!.Services.FirstOrDefault(service => service.Name == group.Service) is { Publishes.Count: 0 };
}
