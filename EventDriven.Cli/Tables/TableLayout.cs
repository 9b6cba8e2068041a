namespace EventDriven.Cli.Tables;

/// <summary>Determines which columns a table shows, and their widths.</summary>
internal static class TableLayout
{
    /// <summary>Between two columns.</summary>
    public const int Gap = 2;

    /// <summary>
    /// Fits columns into a width. The least important ones are left out until the others fit at their minimum. The
    /// remaining width goes to the most important ones.
    /// </summary>
    /// <param name="columns">The columns, each with its natural width.</param>
    /// <param name="width">Of the table, in characters; null for no limit.</param>
    /// <returns>Index and width of each column that is shown, in the order of the columns.</returns>
    public static IReadOnlyList<(int Index, int Width)> Fit(IReadOnlyList<(Column Column, int Natural)> columns, int? width)
    {
        var shown = Enumerable.Range(0, columns.Count).ToList();
        if (width is not { } limit)
        {
            return [.. shown.Select(index => (index, columns[index].Natural))];
        }

        while (Needed(shown, Least) > limit
            && shown.Where(index => columns[index].Column.Importance < Column.Always).ToList() is { Count: > 0 } droppable)
        {
            // Of equally important columns, the last one.
            shown.Remove(droppable.OrderBy(index => columns[index].Column.Importance).ThenByDescending(index => index).First());
        }

        var widths = shown.ToDictionary(index => index, Least);
        var left = limit - Needed(shown, index => widths[index]);
        foreach (var index in shown.OrderByDescending(index => columns[index].Column.Importance))
        {
            // Only prose uses a part of the width that it lacks.
            var more = columns[index].Natural - widths[index];
            var given = more <= left ? more : columns[index].Column.Kind == ColumnKind.Text ? Math.Max(0, left) : 0;
            widths[index] += given;
            left -= given;
        }

        for (; left < 0 && widths.Values.Max() > 1; left++)
        {
            // Only columns that are always shown are left. The widest one is narrowed.
            widths[widths.MaxBy(column => column.Value).Key]--;
        }

        return [.. shown.Select(index => (index, widths[index]))];

        int Least(int index) => columns[index].Column.Least(columns[index].Natural);
    }

    private static int Needed(List<int> shown, Func<int, int> width) => shown.Sum(width) + (Gap * Math.Max(0, shown.Count - 1));
}
