using System.Globalization;

namespace EventDriven.ControlRoom.Flow.Graph;

/// <summary>An edge of the picture, placed: a curve from the right of one node to the left of one in the next column.</summary>
/// <param name="From">Node where it begins.</param>
/// <param name="To">Node where it ends.</param>
/// <param name="FromY">Height at which it begins.</param>
/// <param name="ToY">Height at which it ends.</param>
internal sealed record GraphEdge(GraphNode From, GraphNode To, double FromY, double ToY)
{
    /// <summary>The curve, as an SVG path.</summary>
    public string Path
    {
        get
        {
            var bend = (To.X - From.Right) / 2;
            return string.Create(
                CultureInfo.InvariantCulture,
                $"M{From.Right:0.#} {FromY:0.#}C{From.Right + bend:0.#} {FromY:0.#} {To.X - bend:0.#} {ToY:0.#} {To.X:0.#} {ToY:0.#}");
        }
    }
}
