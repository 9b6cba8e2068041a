namespace EventDriven.ControlRoom.Flow.Graph;

/// <summary>A node of the picture, placed.</summary>
/// <param name="Kind">What it is, which is also its column.</param>
/// <param name="Name">Its name.</param>
/// <param name="X">Left edge, in units of the picture.</param>
/// <param name="Y">Upper edge.</param>
/// <param name="Width">Width.</param>
/// <param name="Height">Height.</param>
internal sealed record GraphNode(GraphNodeKind Kind, string Name, double X, double Y, double Width, double Height)
{
    /// <summary>Where edges end that come from the left.</summary>
    public double Right => X + Width;

    public double Middle => Y + (Height / 2);
}
