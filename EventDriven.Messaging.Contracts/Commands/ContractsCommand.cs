using System.CommandLine;
using EventDriven.Messaging.Contracts.Commands.Json;

namespace EventDriven.Messaging.Contracts.Commands;

/// <summary>The commands about contracts.</summary>
internal static class ContractsCommand
{
    /// <summary>The program that the build runs.</summary>
    public static RootCommand CreateProgram()
    {
        var root = new RootCommand("Contracts of events: schemas, who reads them, and what a change would break.");
        root.Options.Add(new Option<bool>(ContractJson.Option) { Description = "Writes JSON, for programs.", Recursive = true });
        AddTo(root);
        return root;
    }

    /// <summary>Adds the commands, and the options that they share, to a command.</summary>
    public static void AddTo(Command command)
    {
        command.Options.Add(ContractOptions.Folder);
        command.Options.Add(ContractOptions.Contracts);
        command.Options.Add(ContractOptions.Services);
        command.Subcommands.Add(CheckCommand.Create());
        command.Subcommands.Add(AddCommand.Create());
        command.Subcommands.Add(ReleaseCommand.Create());
        command.Subcommands.Add(NewMajorCommand.Create());
        command.Subcommands.Add(UsageCommand.Create());
        command.Subcommands.Add(AsyncApiCommand.Create());
        command.Subcommands.Add(PageCommand.Create());
    }
}
