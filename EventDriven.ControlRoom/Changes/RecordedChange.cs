namespace EventDriven.ControlRoom.Changes;

/// <summary>A change as the audit trail tells it.</summary>
/// <param name="Id">Ties its entries.</param>
/// <param name="Begun">When it began, UTC.</param>
/// <param name="By">Who made it.</param>
/// <param name="Command">The command line that does the same.</param>
/// <param name="Reason">Why.</param>
/// <param name="Phase">The last that is recorded: started, succeeded, failed or stopped.</param>
/// <param name="Detail">Why it failed; null when it did not.</param>
public sealed record RecordedChange(
    Guid Id, DateTimeOffset Begun, string By, string Command, string Reason, string Phase, string? Detail);
