namespace EventDriven.Cli.Tables;

/// <summary>A column of a table.</summary>
/// <param name="Header">Its name.</param>
/// <param name="Kind">How it may be shortened.</param>
/// <param name="Importance">The least important column is left out first where room is short; <see cref="Always"/> never.</param>
internal sealed record Column(string Header, ColumnKind Kind = ColumnKind.Word, int Importance = Column.Always)
{
    /// <summary>Importance of a column without which a row means nothing.</summary>
    public const int Always = int.MaxValue;

    // Shorter prose says nothing. Without a width limit, prose is still cut.
    private const int LeastText = 16;
    private const int MostText = 120;

    public bool IsRightAligned => Kind == ColumnKind.Number;

    /// <summary>A cell's text when there is room for it.</summary>
    public string Shown(string text, TableRoom room) => room.ShowsAll ? text : Kind switch
    {
        ColumnKind.Type => Cut.Type(text),
        ColumnKind.Id when room.ShortensIds => Cut.Id(text),
        ColumnKind.Text when room.Width is null => Cut.End(text, MostText),
        _ => text,
    };

    /// <summary>Its minimum width, before another column is left out.</summary>
    /// <param name="natural">Its width when there is room for it.</param>
    public int Least(int natural) => Kind switch
    {
        ColumnKind.Id => Math.Min(natural, Math.Max(Header.Length, Cut.IdWidth)),
        ColumnKind.Text => Math.Min(natural, Math.Max(Header.Length, LeastText)),
        _ => natural,
    };

    /// <summary>A cell's text, cut to a width.</summary>
    public string At(string shown, int width) => Kind == ColumnKind.Id ? Cut.Start(shown, width) : Cut.End(shown, width);
}
