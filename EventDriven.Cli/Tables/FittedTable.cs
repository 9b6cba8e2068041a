using Spectre.Console;
using Spectre.Console.Rendering;

namespace EventDriven.Cli.Tables;

/// <summary>
/// A table with one line a row. Text that does not fit is shortened, or its column is left out. It has
/// no borders, so that programs can parse it.
/// </summary>
internal sealed class FittedTable(TableRoom room, params IReadOnlyList<Column> columns) : Renderable
{
    private static readonly Style HeaderStyle = new(decoration: Decoration.Bold);

    private readonly List<IReadOnlyList<Cell>> _rows = [];

    public int Rows => _rows.Count;

    /// <summary>Adds a row, with a cell for each column.</summary>
    public void Add(params IReadOnlyList<Cell> cells)
    {
        if (cells.Count != columns.Count)
        {
            throw new ArgumentException($"A row of {cells.Count} cells doesn't fit {columns.Count} columns.", nameof(cells));
        }

        _rows.Add([.. cells.Select((cell, index) => cell with { Text = columns[index].Shown(PrintableText.OneLine(cell.Text), room) })]);
    }

    /// <summary>The lines, without colours.</summary>
    public IEnumerable<string> Lines() => Cells().Select(line => string.Concat(line.Select(cell => cell.Text)));

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        // Segments are written as they are, without wrapping, whatever width the console assumes.
        foreach (var line in Cells())
        {
            foreach (var cell in line)
            {
                yield return new Segment(cell.Text, cell.Style ?? Style.Plain);
            }

            yield return Segment.LineBreak;
        }
    }

    private IEnumerable<IReadOnlyList<Cell>> Cells()
    {
        var layout = TableLayout.Fit(
            [.. columns.Select((column, index) =>
                (column, _rows.Select(row => row[index].Text.GetCellWidth()).Append(column.Header.Length).Max()))],
            room.Width);
        return _rows.Prepend([.. columns.Select(column => new Cell(column.Header, HeaderStyle))]).Select(row => Line(row, layout));
    }

    private List<Cell> Line(IReadOnlyList<Cell> row, IReadOnlyList<(int Index, int Width)> layout)
    {
        var line = new List<Cell>();
        foreach (var (index, width) in layout)
        {
            var text = columns[index].At(row[index].Text, width);
            var padding = new string(' ', width - text.GetCellWidth());
            if (line.Count > 0)
            {
                line.Add(new string(' ', TableLayout.Gap));
            }

            line.Add(row[index] with { Text = columns[index].IsRightAligned ? padding + text : text + padding });
        }

        while (line.Count > 0 && string.IsNullOrWhiteSpace(line[^1].Text))
        {
            line.RemoveAt(line.Count - 1);
        }

        if (line.Count > 0)
        {
            line[^1] = line[^1] with { Text = line[^1].Text.TrimEnd() };
        }

        return line;
    }
}
