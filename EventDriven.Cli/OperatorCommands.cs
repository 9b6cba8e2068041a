using System.CommandLine;
using System.CommandLine.Help;
using EventDriven.Cli.Acls;
using EventDriven.Cli.Audit;
using EventDriven.Cli.Contracts;
using EventDriven.Cli.Customers;
using EventDriven.Cli.DeadLetters;
using EventDriven.Cli.Groups;
using EventDriven.Cli.Installation;
using EventDriven.Cli.Journeys;
using EventDriven.Cli.Lag;
using EventDriven.Cli.Outbox;
using EventDriven.Cli.Rebuild;
using EventDriven.Cli.Reconciliation;
using EventDriven.Cli.Reference;
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

    /// <param name="changes">Asks and records before a command changes anything.</param>
    public static Command Create(OperatorChanges changes)
    {
        // A RootCommand would have the name of the program's file.
        var root = new Command(Name, $"Operator commands of the EventDriven system. Begin with status. {Example}status")
        {
            StatusCommand.Create(),
            TopicsCommand.Create(changes),
            AclsCommand.Create(changes),
            DatabasesCommand.Create(changes),
            OutboxCommand.Create(),
            LagCommand.Create(),
            JourneyCommand.Create(),
            DeadLettersCommand.Create(changes),
            RehearseCommand.Create(),
            ReplayCommand.Create(changes),
            RebuildCommand.Create(changes),
            PauseCommand.Pause(changes),
            PauseCommand.Resume(changes),
            ReconcileCommand.Create(),
            ForgetCommand.Create(changes),
            RunCommand.Create(),
            TokenCommand.Create(),
            ContractsCommand.Create(),
            AuditCommand.Create(),
            ReferenceCommand.Create(() => Create(changes)),
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
