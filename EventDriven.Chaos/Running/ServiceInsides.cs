using EventDriven.Chaos.Inside;

namespace EventDriven.Chaos.Running;

/// <summary>
/// What the rig has inside of each instance's process: an assembly of its own that .NET loads (<c>DOTNET_STARTUP_HOOKS</c>), and that
/// reads a file of instructions. Nothing of the services knows of it.
/// </summary>
/// <param name="folder">Where the instructions are.</param>
internal sealed class ServiceInsides(string folder)
{
    private const string StartupHooks = "DOTNET_STARTUP_HOOKS";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Instructions> _instructions = new(StringComparer.Ordinal);

    /// <summary>Puts it into an instance that is not started yet.</summary>
    public void AddTo(string instance, IDictionary<string, object> environment)
    {
        environment[StartupHooks] = typeof(Instructions).Assembly.Location;
        environment[InstructionFile.Variable] = PathOf(instance);
    }

    /// <summary>Changes what is wrong in an instance, from now on.</summary>
    public void Change(string instance, Func<Instructions, Instructions> change)
    {
        lock (_gate)
        {
            Directory.CreateDirectory(folder);
            var next = change(_instructions.GetValueOrDefault(instance) ?? new Instructions());
            _instructions[instance] = next;
            FileOf(instance).Write(next);
        }
    }

    /// <summary>How often an instance has noted an effect of what was wrong in it.</summary>
    public int Effects(string instance, string effect) => FileOf(instance).Effects().GetValueOrDefault(effect);

    private InstructionFile FileOf(string instance) => new(PathOf(instance), TimeProvider.System);

    private string PathOf(string instance) => Path.Combine(folder, $"{instance}.json");
}
