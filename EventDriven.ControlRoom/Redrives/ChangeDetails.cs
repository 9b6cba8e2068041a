using EventDriven.ControlRoom.Changes;
using EventDriven.Messaging.Operations.DeadLetters.Progress;

namespace EventDriven.ControlRoom.Redrives;

/// <summary>What is known of one change.</summary>
/// <param name="Id">The change.</param>
/// <param name="Recorded">What the audit trail tells of it; null when the trail does not answer, or has no such change.</param>
/// <param name="TrailAnswers">Whether the audit trail answers.</param>
/// <param name="Redrives">How far it is, when it redrives dead letters; one for each group.</param>
public sealed record ChangeDetails(
    Guid Id, RecordedChange? Recorded, bool TrailAnswers, IReadOnlyList<RedriveProgress> Redrives);
