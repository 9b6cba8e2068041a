namespace EventDriven.ControlRoom.Journeys.Chart;

/// <summary>A moment on a service's line.</summary>
/// <param name="X">Where it is.</param>
/// <param name="Y">Where it is.</param>
/// <param name="Kind">How it looks.</param>
/// <param name="Title">What happened.</param>
/// <param name="EventId">The event that it belongs to.</param>
public sealed record DrawnMark(double X, double Y, MarkKind Kind, string Title, string EventId);
