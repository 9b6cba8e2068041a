namespace EventDriven.Cli.Reconciliation;

/// <summary>What was found of one group. Events are counted by what became of them.</summary>
/// <param name="Group">Consumer group.</param>
/// <param name="Published">Events for the group.</param>
/// <param name="PublishedTwice">Of those, copies on the log, which the inbox recognises.</param>
/// <param name="Handled">Applied.</param>
/// <param name="Discarded">Discarded by an operator.</param>
/// <param name="Parked">Dead letters, and those that they block.</param>
/// <param name="InFlight">Not handled yet.</param>
/// <param name="Missing">Passed, and never applied: lost.</param>
/// <param name="Altered">Lost, because another event has their source and id.</param>
/// <param name="Double">Effects that happened more than once; null when it is unknown.</param>
/// <param name="MissingSince">When the first missing event was written.</param>
/// <param name="FirstMissing">The first missing ones.</param>
/// <param name="FirstAltered">The first altered ones.</param>
/// <param name="FirstDouble">The first effects that happened more than once.</param>
/// <param name="NoRow">Handled events without a row in the read model; null when the group has none.</param>
/// <param name="NoEvent">Keys of the read model without an event on the log; null when the group has none.</param>
/// <param name="FirstNoRow">The first events without a row.</param>
/// <param name="FirstNoEvent">The first keys without an event.</param>
internal sealed record GroupReportJson(
    string Group,
    long Published,
    long PublishedTwice,
    long Handled,
    long Discarded,
    long Parked,
    long InFlight,
    long Missing,
    long Altered,
    long? Double,
    DateTimeOffset? MissingSince,
    IReadOnlyList<RecordJson> FirstMissing,
    IReadOnlyList<RecordJson> FirstAltered,
    IReadOnlyList<DoubledEffectJson> FirstDouble,
    long? NoRow,
    long? NoEvent,
    IReadOnlyList<EventKeyJson> FirstNoRow,
    IReadOnlyList<EventKeyJson> FirstNoEvent);
