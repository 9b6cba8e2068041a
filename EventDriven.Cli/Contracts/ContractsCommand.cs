using System.CommandLine;
using EventDriven.Messaging.Contracts.Commands.Json;

namespace EventDriven.Cli.Contracts;

/// <summary><c>contracts</c>: the JSON Schemas of events.</summary>
internal static class ContractsCommand
{
    public static Command Create()
    {
        var command = new Command(
            "contracts", "The JSON Schemas of events: who reads them, and whom a change would break. Example: contracts usage")
        {
            DiffCommand.Create(), JsonOutput.Option,
        };
        Messaging.Contracts.Commands.ContractsCommand.AddTo(command);
        foreach (var child in command.Subcommands)
        {
            _ = child.Name switch
            {
                "add" or "release" => child.Writes<WrittenFilesJson>(),
                "asyncapi" or "page" => child.Writes<GeneratedFileJson>(),
                "check" => child.Writes<IReadOnlyList<FindingJson>>(),
                "new-major" => child.Writes<NewMajorJson>(),
                "usage" => child.Writes<IReadOnlyList<ContractUsageJson>>(),
                _ => child,
            };
        }

        return command;
    }
}
