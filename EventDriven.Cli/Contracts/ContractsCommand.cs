using System.CommandLine;

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
        return command;
    }
}
