using EventDriven.ControlRoom.Figures.Business;
using EventDriven.ControlRoom.Figures.Charts;
using EventDriven.ControlRoom.Figures.Store;

namespace EventDriven.ControlRoom.Figures;

/// <summary>The figures at one moment.</summary>
/// <param name="At">When they were read, UTC.</param>
/// <param name="Charts">The last hour, from the control room's own samples, or what the metrics store knows of the range.</param>
/// <param name="Business">What Analytics knows; null when it does not answer, or was not asked yet.</param>
/// <param name="Problem">Why Analytics has told nothing new; null when it has.</param>
public sealed record FiguresSnapshot(DateTimeOffset At, IReadOnlyList<Chart> Charts, BusinessFigures? Business, string? Problem)
{
    /// <summary>The range that is shown, or was asked for.</summary>
    public FiguresRange Range { get; init; } = FiguresRange.Hour;

    /// <summary>Why it is the last hour instead; null when it isn't.</summary>
    public string? StoreProblem { get; init; }
}
