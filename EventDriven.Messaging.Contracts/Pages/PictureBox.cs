using EventDriven.Messaging.Contracts.Model;

namespace EventDriven.Messaging.Contracts.Pages;

/// <summary>A box of the picture: a service, or a topic with its events.</summary>
/// <param name="Name">What it is.</param>
/// <param name="X">Left edge.</param>
/// <param name="Y">Upper edge.</param>
/// <param name="Events">The events that are listed in it.</param>
internal sealed record PictureBox(string Name, int X, int Y, IReadOnlyList<EventContract> Events)
{
    /// <summary>Space between boxes.</summary>
    public const int Gap = 14;

    private const int Head = 36;
    private const int Row = 18;
    private const int Inset = 12;

    public int Height => Head + (Events.Count == 0 ? 0 : (Events.Count * Row) + 6);

    public int Bottom => Y + Height;

    public int Middle => Y + (Height / 2);

    /// <summary>The box in the middle of its share of the height.</summary>
    public PictureBox Centered(int position, int count, int height) =>
        this with { Y = (((2 * position) + 1) * height / (2 * count)) - (Height / 2) };

    public Html Draw(int width) => Html.Of(
        $"""
        <g><rect x="{X}" y="{Y}" width="{width}" height="{Height}" rx="6"/><text class="name" x="{X + Inset}" y="{Y + 23}">{Name}</text>
        {Events.Select((contract, i) => Html.Of(
            $"""<a href="#{contract.Type}"><text x="{X + Inset}" y="{Y + Head + 10 + (i * Row)}">{contract.Record.Name}</text></a>"""))}</g>

        """);
}
