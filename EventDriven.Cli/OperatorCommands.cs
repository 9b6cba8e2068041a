using System.CommandLine;
using System.CommandLine.Help;
using EventDriven.Cli.Acls;
using EventDriven.Cli.Contracts;
using EventDriven.Cli.Customers;
using EventDriven.Cli.DeadLetters;
using EventDriven.Cli.Journeys;
using EventDriven.Cli.Lag;
using EventDriven.Cli.Outbox;
using EventDriven.Cli.Rebuild;
using EventDriven.Cli.Reconciliation;
using EventDriven.Cli.Rehearsal;
using EventDriven.Cli.Replay;
using EventDriven.Cli.Running;
using EventDriven.Cli.Status;
using EventDriven.Cli.Tables;
using EventDriven.Cli.Tokens;
using EventDriven.Cli.Topics;

namespace EventDriven.Cli;

/// <summary>All commands.</summary>
internal static class OperatorCommands
{
    /// <summary>The name by which an operator runs the program.</summary>
    public const string Name = "./eventdriven";

    private const string Example = "Example: ";

    /// <param name="confirmation">Asks before a command changes anything.</param>
    public static Command Create(Confirmation confirmation)
    {
        // A RootCommand would have the name of the program's file.
        var root = new Command(Name, $"Operator commands of the EventDriven system. Begin with status. {Example}status")
        {
            StatusCommand.Create(),
            TopicsCommand.Create(confirmation),
            AclsCommand.Create(confirmation),
            OutboxCommand.Create(),
            LagCommand.Create(),
            JourneyCommand.Create(),
            DeadLettersCommand.Create(confirmation),
            RehearseCommand.Create(),
            ReplayCommand.Create(confirmation),
            RebuildCommand.Create(confirmation),
            ReconcileCommand.Create(),
            ForgetCommand.Create(confirmation),
            RunCommand.Create(),
            TokenCommand.Create(),
            ContractsCommand.Create(),
            TableRoom.Wide,
            new HelpOption(),
            new VersionOption(),
        };
        NameInExamples(root);
        return root;
    }

    // Each example shows the whole command line.
    private static void NameInExamples(Command command)
    {
        command.Description = command.Description?.Replace(Example, $"{Example}{Name} ", StringComparison.Ordinal);
        foreach (var child in command.Subcommands)
        {
            NameInExamples(child);
        }
    }
}
