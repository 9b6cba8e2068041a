namespace EventDriven.ControlRoom.Figures.Store;

/// <summary>One series of an answer.</summary>
/// <param name="Labels">Its labels.</param>
/// <param name="Values">Its values, with times in Unix seconds, oldest first. A value may be NaN or infinite.</param>
internal sealed record StoredSeries(IReadOnlyDictionary<string, string> Labels, IReadOnlyList<(double Time, double Value)> Values);
