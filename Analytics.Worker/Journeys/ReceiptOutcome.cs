namespace Analytics.Worker.Journeys;

/// <summary>
/// What became of an event in a group. The numbers are stored and are ranks: of two receipts for the same event and group the higher one holds, in
/// whatever order they are read. Of two that say the same, the later attempt holds while the event has had no effect, and the first one after that.
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
