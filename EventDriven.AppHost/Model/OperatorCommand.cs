namespace EventDriven.AppHost.Model;

/// <summary>A command of <c>./eventdriven</c> that the dashboard offers on a service.</summary>
/// <param name="Name">Its name there.</param>
/// <param name="Title">What the menu shows.</param>
/// <param name="Description">What it does.</param>
/// <param name="Icon">Name of a Fluent UI icon.</param>
/// <param name="CommandLine">The command line for a group, without what <see cref="Inputs"/> ask for.</param>
internal sealed record OperatorCommand(
    string Name, string Title, string Description, string Icon, Func<string, IReadOnlyList<string>> CommandLine)
{
    /// <summary>What is asked for first, as options of the command: the input <c>from</c> is <c>--from</c>.</summary>
    public IReadOnlyList<InteractionInput> Inputs { get; init; } = [];

    /// <summary>What is asked before; null when nothing is.</summary>
    public string? Confirmation { get; init; }

    /// <summary>The command line with what was filled in. What is empty is left out, and the command says what it lacks.</summary>
    public IReadOnlyList<string> With(string group, InteractionInputCollection arguments) =>
    [
        .. CommandLine(group),
        .. Inputs.Select(input => (input.Name, Value: arguments[input.Name].Value?.Trim())).Where(input => input.Value is { Length: > 0 })
            .SelectMany(input => (string[])[$"--{input.Name}", input.Value!]),
    ];
}
