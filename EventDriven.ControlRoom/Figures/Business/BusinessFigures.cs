namespace EventDriven.ControlRoom.Figures.Business;

/// <summary>What Analytics knows of the business.</summary>
/// <param name="At">When it was read, UTC.</param>
/// <param name="Orders">Orders by state.</param>
/// <param name="Confirm">How long confirming takes.</param>
/// <param name="TopSkus">What is ordered most.</param>
/// <param name="Revenue">Revenue of the last hour, by minute and currency; minutes without any are missing.</param>
public sealed record BusinessFigures(
    DateTimeOffset At, OrderCounts Orders, ConfirmTimes Confirm, IReadOnlyList<SkuCount> TopSkus, IReadOnlyList<MinuteRevenue> Revenue);
