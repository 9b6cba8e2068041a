namespace EventDriven.ControlRoom.Journeys.Chart;

/// <summary>The name of a fact above the lines, and where it points to.</summary>
/// <param name="X">Where the fact is.</param>
/// <param name="TextX">Where the text begins.</param>
/// <param name="Y">Base line of the text.</param>
/// <param name="ToY">The service's line.</param>
/// <param name="Text">The name.</param>
public sealed record DrawnLabel(double X, double TextX, double Y, double ToY, string Text);
