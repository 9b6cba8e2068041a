namespace Analytics.Worker.Journeys;

/// <summary>
/// The outcome of an event in a group. The numbers are stored and serve as ranks: of two receipts for the same event and group, the higher
/// outcome wins, in whatever order they are read. Of two equal outcomes, the later attempt wins while the event has had no effect;
/// afterwards, the first one wins.
/// </summary>
internal enum ReceiptOutcome
{
    Failed = 1,
    Behind = 2,
    Parked = 3,
    Duplicate = 4,
    Handled = 5,
    Redriven = 6,
}
