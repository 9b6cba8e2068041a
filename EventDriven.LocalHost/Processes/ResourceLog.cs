namespace EventDriven.LocalHost.Processes;

/// <summary>A resource's output: to its file, to the common output, and its last lines in memory for the report of its death.</summary>
internal sealed class ResourceLog(string resource, string path, PrefixedOutput output) : IDisposable
{
    private const int Remembered = 20;

    private readonly Lock gate = new();
    private readonly Queue<string> lastLines = new(Remembered);
    private StreamWriter? file;

    /// <summary>The file, which each run begins anew.</summary>
    public string Path { get; } = path;

    public void Write(string line)
    {
        lock (gate)
        {
            file ??= new StreamWriter(Path, append: false) { AutoFlush = true };
            file.WriteLine(line);
            if (lastLines.Count == Remembered)
            {
                lastLines.Dequeue();
            }

            lastLines.Enqueue(line);
        }

        output.Write(resource, line);
    }

    /// <summary>What it said last, and where the rest is.</summary>
    public string Tail()
    {
        lock (gate)
        {
            var lines = lastLines.Count == 0 ? "  (it said nothing)" : string.Join(Environment.NewLine, lastLines.Select(line => "  " + line));
            return $"{lines}{Environment.NewLine}  (all of it: {Path})";
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            file?.Dispose();
            file = null;
        }
    }
}
