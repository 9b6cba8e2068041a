using System.CommandLine;
using EventDriven.Messaging.Contracts.Commands;
using EventDriven.Messaging.Contracts.Commands.Json;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Cli.Reference;

/// <summary><c>reference</c>: writes docs/cli.md and docs/cli.json.</summary>
internal static class ReferenceCommand
{
    private const string Name = "reference";
    private static readonly Option<string> Folder = new("--output")
    {
        Description = "The folder of the files.",
        HelpName = "folder",
        DefaultValueFactory = _ => "docs",
    };
    private static readonly Option<bool> Check = GeneratedFile.Check();

    /// <param name="root">The command whose commands are described, when it has all of them.</param>
    public static Command Create(Func<Command> root)
    {
        var command = new Command(
            Name,
            "Writes what every command takes and writes, from the code: cli.md for people, and cli.json with the JSON Schemas of all "
            + "output. "
            + "Example: reference --check")
        {
            Folder, Check, JsonOutput.Option,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, root(), cancellationToken));
        return command.Writes<IReadOnlyList<GeneratedFileJson>>();
    }

    private static async Task<int> RunAsync(ParseResult parsed, Command root, CancellationToken cancellationToken)
    {
        var (folder, check) = (parsed.GetValue(Folder)!, parsed.GetValue(Check));
        IReadOnlyList<GeneratedFileJson> files =
        [
            await new GeneratedFile(Path.Combine(folder, "cli.md")).WriteAsync(CommandReference.Document(root), check, cancellationToken),
            await new GeneratedFile(Path.Combine(folder, "cli.json")).WriteAsync(CommandReference.Schemas(root), check, cancellationToken),
        ];
        parsed.Write(files, () => GeneratedFile.Tell(files, $"{OperatorCommands.Name} {Name}"));
        return files.All(file => file.UpToDate) ? ExitCode.Done : ExitCode.Refused;
    }
}
