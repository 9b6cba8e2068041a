namespace EventDriven.ControlRoom.Layout;

/// <summary>An entry of the navigation.</summary>
/// <param name="Path">Address of the page.</param>
/// <param name="Text">Its name.</param>
internal sealed record NavigationItem(string Path, string Text)
{
    /// <summary>Whether the page is there in the environment Development alone.</summary>
    public bool IsForDevelopment { get; init; }

    /// <summary>All pages, in order.</summary>
    public static IReadOnlyList<NavigationItem> All { get; } =
    [
        new("/", "Flow"),
        new("/dead-letters", "Dead letters"),
        new("/journeys", "Orders"),
        new("/replay", "Replay"),
        new("/figures", "Figures"),
        new("/tail", "Live tail"),
        new("/try", "Try it") { IsForDevelopment = true },
    ];
}
