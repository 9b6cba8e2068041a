using System.Text.Json;

namespace EventDriven.Chaos.Inside;

/// <summary>
/// The instructions for one process, as the rig has written them, and beside them what has come of them. The rig may change them at any
/// time.
/// </summary>
internal sealed class InstructionFile(string path, TimeProvider time)
{
    /// <summary>The environment variable that names the file.</summary>
    public const string Variable = "EVENTDRIVEN_CHAOS_INSTRUCTIONS";

    // Whoever asks for the time asks often.
    private static readonly TimeSpan Kept = TimeSpan.FromMilliseconds(100);

    private static readonly Instructions None = new();

    private readonly Lock _gate = new();
    private Instructions _current = None;
    private long? _read;

    /// <summary>The instructions as they are now, or a tenth of a second ago.</summary>
    public Instructions Current
    {
        get
        {
            lock (_gate)
            {
                if (_read is not { } read || time.GetElapsedTime(read) >= Kept)
                {
                    (_current, _read) = (Read(), time.GetTimestamp());
                }

                return _current;
            }
        }
    }

    private string EffectsPath => $"{path}.effects";

    /// <summary>Replaces the instructions. Whoever reads them meanwhile reads the former ones.</summary>
    public void Write(Instructions instructions)
    {
        File.WriteAllText($"{path}.new", JsonSerializer.Serialize(instructions));
        File.Move($"{path}.new", path, overwrite: true);
    }

    /// <summary>Notes that an instruction has taken effect, as <see cref="Effects"/> are counted.</summary>
    public void Note(string effect)
    {
        lock (_gate)
        {
            try
            {
                File.AppendAllText(EffectsPath, $"{effect}\n");
            }
            catch (IOException)
            {
                // The disk may be full: then it has not been noticed, and the service goes on.
            }
        }
    }

    /// <summary>How often each effect was noted so far.</summary>
    public IReadOnlyDictionary<string, int> Effects() => File.Exists(EffectsPath)
        ? File.ReadAllLines(EffectsPath).CountBy(effect => effect, StringComparer.Ordinal)
            .ToDictionary(effect => effect.Key, effect => effect.Value, StringComparer.Ordinal)
        : new Dictionary<string, int>(StringComparer.Ordinal);

    private Instructions Read()
    {
        try
        {
            return JsonSerializer.Deserialize<Instructions>(File.ReadAllText(path)) ?? None;
        }
        catch (FileNotFoundException)
        {
            return None;
        }
        catch (Exception exception) when (exception is IOException or JsonException)
        {
            return _current;
        }
    }
}
