namespace EventDriven.LocalHost.Processes;

/// <summary>The lines of all resources on one writer, each prefixed with its resource; coloured on a terminal.</summary>
internal sealed class PrefixedOutput(TextWriter? writer)
{
    private const int PrefixWidth = 16;
    private static readonly int[] Colours = [36, 32, 33, 35, 34, 96, 92, 93, 95, 94];

    private readonly bool coloured = writer == Console.Out && !Console.IsOutputRedirected;
    private readonly Lock gate = new();
    private readonly Dictionary<string, int> colourOf = [];

    public void Write(string resource, string line)
    {
        if (writer is null)
        {
            return;
        }

        lock (gate)
        {
            var prefix = $"{resource,-PrefixWidth} | ";
            writer.WriteLine(coloured ? $"\e[{Colour(resource)}m{prefix}\e[0m{line}" : prefix + line);
        }
    }

    private int Colour(string resource)
    {
        if (!colourOf.TryGetValue(resource, out var colour))
        {
            colour = Colours[colourOf.Count % Colours.Length];
            colourOf[resource] = colour;
        }

        return colour;
    }
}
