namespace EventDriven.Chaos;

/// <summary>How a run ended, in a file of its folder: what the search for fewer faults goes on from.</summary>
/// <param name="Line">The last line that the run printed.</param>
/// <param name="Command">The command that has the same schedule and load.</param>
/// <param name="Signs">By what it failed, see <see cref="RunOutcome.Signs"/>; none if it did not.</param>
internal sealed record StoredVerdict(string Line, string Command, IReadOnlyList<string> Signs)
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "verdict.txt";

    /// <summary>What a file says; null if it says nothing.</summary>
    public static StoredVerdict? Read(string file) =>
        File.Exists(file) && File.ReadAllLines(file) is [var line, var command, .. var signs]
            ? new StoredVerdict(line, command, signs)
            : null;

    public Task WriteAsync(string file, CancellationToken cancellationToken) =>
        File.WriteAllLinesAsync(file, [Line, Command, .. Signs], cancellationToken);
}
