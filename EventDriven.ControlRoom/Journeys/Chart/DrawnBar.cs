namespace EventDriven.ControlRoom.Journeys.Chart;

/// <summary>A group's handling of an event.</summary>
/// <param name="X">Where it began.</param>
/// <param name="Y">Middle of the service's line.</param>
/// <param name="Width">How long it took.</param>
/// <param name="IsTrouble">Whether it has had no effect so far.</param>
/// <param name="Attempts">Number of attempts.</param>
/// <param name="Title">What happened.</param>
/// <param name="EventId">The event.</param>
public sealed record DrawnBar(double X, double Y, double Width, bool IsTrouble, int Attempts, string Title, string EventId);
