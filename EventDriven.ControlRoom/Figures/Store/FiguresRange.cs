namespace EventDriven.ControlRoom.Figures.Store;

/// <summary>How far back the figures go.</summary>
/// <param name="Key">What addresses say, such as <c>24h</c>.</param>
/// <param name="Text">What people read.</param>
/// <param name="Length">How far.</param>
/// <param name="Step">Time between two values of the store.</param>
public sealed record FiguresRange(string Key, string Text, TimeSpan Length, TimeSpan Step)
{
    /// <summary>Most values of a line.</summary>
    public const int MostPoints = 300;

    /// <summary>What is kept in memory.</summary>
    public static FiguresRange Hour { get; } = new("1h", "1 hour", TimeSpan.FromHours(1), TimeSpan.FromSeconds(30));

    /// <summary>The hour, and what a metrics store knows beyond it.</summary>
    public static IReadOnlyList<FiguresRange> All { get; } =
    [
        Hour,
        new("6h", "6 hours", TimeSpan.FromHours(6), TimeSpan.FromMinutes(2)),
        new("24h", "24 hours", TimeSpan.FromHours(24), TimeSpan.FromMinutes(5)),
        new("7d", "7 days", TimeSpan.FromDays(7), TimeSpan.FromHours(1)),
    ];

    /// <summary>The range that an address names; the hour for none that is known.</summary>
    /// <param name="key">Its key.</param>
    public static FiguresRange Of(string? key) => All.FirstOrDefault(range => range.Key == key) ?? Hour;
}
