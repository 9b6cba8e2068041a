namespace EventDriven.ControlRoom.Layout;

/// <summary>An entry of the navigation.</summary>
/// <param name="Path">Address of the page.</param>
/// <param name="Text">Its name.</param>
internal sealed record NavigationItem(string Path, string Text)
{
    /// <summary>All pages, in order.</summary>
    public static IReadOnlyList<NavigationItem> All { get; } =
    [
        new("/", "Flow"),
        new("/dead-letters", "Dead letters"),
        new("/replay", "Replay"),
        new("/figures", "Figures"),
    ];
}
