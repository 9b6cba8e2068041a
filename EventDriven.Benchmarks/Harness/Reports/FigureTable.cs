using System.Globalization;
using Spectre.Console;

namespace EventDriven.Benchmarks.Harness.Reports;

/// <summary>Shows figures beside their targets.</summary>
internal static class FigureTable
{
    public static void Print(IEnumerable<Figure> figures, bool areMeaningful)
    {
        var table = new Table();
        foreach (var column in new[] { "figure", "ours", "twin", "peer", "unit", "ratio", "target",
            areMeaningful ? "met" : "met (a quick run says nothing)" })
        {
            table.AddColumn(column);
        }

        foreach (var figure in figures)
        {
            table.AddRow(
                figure.Name, Show(figure.Ours), Show(figure.Twin), Show(figure.Peer), figure.Unit, Show(figure.Ratio),
                Markup.Escape(figure.Target),
                figure.Met ? "yes" : "no");
        }

        AnsiConsole.Write(table);
    }

    private static string Show(double? value) =>
        value?.ToString(Math.Abs(value.Value) >= 100 ? "N0" : "N2", CultureInfo.InvariantCulture) ?? "–";
}
