namespace EventDriven.Chaos.Running;

/// <summary>What a program says of how it ended.</summary>
internal static class LastLine
{
    private const int MostShown = 300;

    /// <summary>The last line of an output, shortened; empty when there is none.</summary>
    public static string Of(string output)
    {
        var line = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "";
        return line[..Math.Min(line.Length, MostShown)];
    }
}
