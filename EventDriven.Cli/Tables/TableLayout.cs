namespace EventDriven.Cli.Tables;

/// <summary>Which columns a table shows, and how wide.</summary>
internal static class TableLayout
{
    /// <summary>Between two columns.</summary>
    public const int Gap = 2;

    /// <summary>Fits columns into a width: the least important ones are left out until the others fit at their least; what is left goes to the most important ones.</summary>
    /// <param name="columns">The columns, with the width that each would like.</param>
    /// <param name="width">Of the table, in characters; null for no limit.</param>
    /// <returns>Index and width of each column that is shown, in the order of the columns.</returns>
    public static IReadOnlyList<(int Index, int Width)> Fit(IReadOnlyList<(Column Column, int Natural)> columns, int? width)
    {
        var shown = Enumerable.Range(0, columns.Count).ToList();
        if (width is not { } limit)
        {
            return [.. shown.Select(index => (index, columns[index].Natural))];
        }

        while (Needed(shown, Least) > limit && shown.Where(index => columns[index].Column.Importance < Column.Always).ToList() is { Count: > 0 } droppable)
        {
            // Of equally important ones the last.
            shown.Remove(droppable.OrderBy(index => columns[index].Column.Importance).ThenByDescending(index => index).First());
        }

        var widths = shown.ToDictionary(index => index, Least);
        var left = limit - Needed(shown, index => widths[index]);
        foreach (var index in shown.OrderByDescending(index => columns[index].Column.Importance))
        {
            // A part of an id is no better than its end.
            var more = columns[index].Natural - widths[index];
            var given = more <= left ? more : columns[index].Column.Kind == ColumnKind.Text ? Math.Max(0, left) : 0;
            widths[index] += given;
            left -= given;
        }

        for (; left < 0 && widths.Values.Max() > 1; left++)
        {
            // Only what is always shown is left: the widest of it gives way.
            widths[widths.MaxBy(column => column.Value).Key]--;
        }

        return [.. shown.Select(index => (index, widths[index]))];

        int Least(int index) => columns[index].Column.Least(columns[index].Natural);
    }

    private static int Needed(List<int> shown, Func<int, int> width) => shown.Sum(width) + (Gap * Math.Max(0, shown.Count - 1));
}
