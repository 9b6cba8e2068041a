namespace EventDriven.Cli.Reconciliation;

/// <summary>The published events, compared with what each group has done.</summary>
/// <param name="Since">The time since which events were compared.</param>
/// <param name="Read">Events read.</param>
/// <param name="Wrong">Whether an event was lost or an effect happened twice.</param>
/// <param name="Groups">What was found, by group.</param>
/// <param name="Notes">What could not be compared, and what else to know.</param>
internal sealed record ReconciliationJson(
    DateTimeOffset Since,
    long Read,
    bool Wrong,
    IReadOnlyList<GroupReportJson> Groups,
    IReadOnlyList<string> Notes);
