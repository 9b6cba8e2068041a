namespace EventDriven.Messaging.Operations.Tasks.Execution;

/// <summary>
/// A task's command line: options with a value, which may be repeated, and flags. The operator's command
/// has checked and explained them before.
/// </summary>
internal sealed class TaskArguments
{
    private readonly List<(string Name, string? Value)> _given = [];

    private TaskArguments()
    {
    }

    /// <summary>Reads the arguments after the task's name.</summary>
    /// <exception cref="OperationFailedException">An argument is unknown or lacks its value.</exception>
    public static TaskArguments Read(ReadOnlySpan<string> arguments, IReadOnlySet<string> options, IReadOnlySet<string> flags)
    {
        var read = new TaskArguments();
        for (var i = 0; i < arguments.Length; i++)
        {
            var name = arguments[i];
            if (flags.Contains(name))
            {
                read._given.Add((name, null));
            }
            else if (options.Contains(name) && i + 1 < arguments.Length)
            {
                read._given.Add((name, arguments[++i]));
            }
            else
            {
                throw new OperationFailedException(
                    $"'{name}' is unknown or lacks its value. Known options: {string.Join(", ", options.Concat(flags))}.", ExitCode.Usage);
            }
        }

        return read;
    }

    public bool Has(string flag) => _given.Exists(given => given.Name == flag);

    public string? Value(string option) => _given.FindLast(given => given.Name == option).Value;

    public IReadOnlyList<string> Values(string option) => [.. _given.Where(given => given.Name == option).Select(given => given.Value!)];
}
