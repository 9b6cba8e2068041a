using System.Globalization;

namespace EventDriven.Chaos.Campaigns;

/// <summary>A list of runs, a line for each, separated by tabs.</summary>
internal static class RunsFile
{
    private const string None = "-";
    private const string Never = "never";
    private const string Date = "yyyy-MM-ddTHH:mm:ssZ";

    private static readonly string[] Titles =
    [
        "date", "commit", "seed", "seconds", "brokers", "faults", "operations", "orders", "recovery", "anomalies", "idle", "exit",
        "effects", "pairs",
    ];

    /// <summary>Adds the line of a run.</summary>
    public static async Task AppendAsync(string file, RunRecord run)
    {
        if (!File.Exists(file))
        {
            await File.WriteAllTextAsync(file, $"{string.Join('\t', Titles)}\n");
        }

        await File.AppendAllTextAsync(file, $"{Line(run)}\n");
    }

    /// <summary>Why lines can't be added to a file; null if they can.</summary>
    public static string? Refusal(string file)
    {
        if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(file))))
        {
            return $"{file}: its folder does not exist.";
        }

        return !File.Exists(file) || File.ReadLines(file).FirstOrDefault() == string.Join('\t', Titles)
            ? null
            : $"{file} has other columns. Move it away, or name another file.";
    }

    /// <summary>The runs of a file.</summary>
    /// <exception cref="InvalidDataException">A line is no run. The message names it.</exception>
    public static IReadOnlyList<RunRecord> Read(string file) =>
        [.. File.ReadLines(file).Select((line, index) => (Line: line, Number: index + 1)).Skip(1).Where(line => line.Line.Length > 0)
            .Select(line => TryParse(line.Line) ?? throw new InvalidDataException($"{file}, line {line.Number} is no run: {line.Line}"))];

    /// <summary>The line of a run; <c>-</c> stands for what it did not come to.</summary>
    public static string Line(RunRecord run)
    {
        var effects = run.Effects.OrderBy(kind => kind.Key, StringComparer.Ordinal).ToList();
        var places = effects.Select((kind, index) => (kind.Key, Place: index + 1))
            .ToDictionary(kind => kind.Key, kind => kind.Place, StringComparer.Ordinal);
        return string.Join(
            '\t',
            run.Began.ToString(Date, CultureInfo.InvariantCulture), run.Commit, Text(run.Seed), Text(run.Seconds), Text(run.Brokers),
            Text(run.Faults), Text(run.Operations), Text(run.Orders),
            run.Recovery is { } seconds ? double.IsPositiveInfinity(seconds) ? Never : Text(seconds) : None,
            run.Anomalies is { } anomalies ? Text(anomalies) : None, List(run.Idle), Text(run.ExitCode),
            List(effects.Select(kind => $"{kind.Key}={kind.Value}")),

            // Each kind by its place among the effects: hundreds of lines stand in a repository.
            List(run.Pairs.Select(pair => (First: places[pair.First], Second: places[pair.Second])).Order()
                .Select(pair => $"{pair.First}+{pair.Second}")));
    }

    /// <summary>The run of a line; null if it is none.</summary>
    public static RunRecord? TryParse(string line)
    {
        try
        {
            return line.Split('\t') is { Length: 14 } cells ? Parse(cells) : null;
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or ArgumentException)
        {
            return null;
        }
    }

    private static RunRecord Parse(string[] cells)
    {
        var effects = Items(cells[12]).Select(kind => kind.Split('=')).Select(kind => (Kind: kind[0], Count: Integer(kind[^1]))).ToList();
        return new RunRecord(
            DateTimeOffset.ParseExact(
                cells[0], Date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal),
            cells[1], Integer(cells[2]), Number(cells[3]), Integer(cells[11]))
        {
            Brokers = Integer(cells[4]),
            Faults = Integer(cells[5]),
            Operations = Integer(cells[6]),
            Orders = Integer(cells[7]),
            Recovery = cells[8] switch { None => null, Never => double.PositiveInfinity, var seconds => Number(seconds) },
            Anomalies = cells[9] == None ? null : Integer(cells[9]),
            Idle = Items(cells[10]),
            Effects = effects.ToDictionary(kind => kind.Kind, kind => kind.Count, StringComparer.Ordinal),
            Pairs = Items(cells[13]).Select(pair => pair.Split('+'))
                .Select(pair => new KindPair(effects[Integer(pair[0]) - 1].Kind, effects[Integer(pair[^1]) - 1].Kind)).ToHashSet(),
        };
    }

    private static string List(IEnumerable<string> items) => string.Join(',', items) is { Length: > 0 } list ? list : None;

    private static string[] Items(string list) => list == None ? [] : list.Split(',');

    private static string Text(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static int Integer(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
