using System.CommandLine;
using System.CommandLine.Help;
using EventDriven.Cli.DeadLetters;
using EventDriven.Cli.Journeys;
using EventDriven.Cli.Lag;
using EventDriven.Cli.Outbox;
using EventDriven.Cli.Rebuild;
using EventDriven.Cli.Reconciliation;
using EventDriven.Cli.Rehearsal;
using EventDriven.Cli.Replay;
using EventDriven.Cli.Status;
using EventDriven.Cli.Tables;
using EventDriven.Cli.Topics;

namespace EventDriven.Cli;

/// <summary>All commands.</summary>
internal static class OperatorCommands
{
    /// <summary>How an operator calls them, whatever the program's file is called.</summary>
    public const string Name = "./eventdriven";

    private const string Example = "Example: ";

    /// <param name="confirmation">Is asked before something is changed.</param>
    public static Command Create(Confirmation confirmation)
    {
        // A RootCommand bears the name of the program's file.
        var root = new Command(Name, $"Operator commands of the EventDriven system; begin with status. {Example}status")
        {
            StatusCommand.Create(),
            TopicsCommand.Create(confirmation),
            OutboxCommand.Create(),
            LagCommand.Create(),
            JourneyCommand.Create(),
            DeadLettersCommand.Create(confirmation),
            RehearseCommand.Create(),
            ReplayCommand.Create(confirmation),
            RebuildCommand.Create(confirmation),
            ReconcileCommand.Create(),
            TableRoom.Wide,
            new HelpOption(),
            new VersionOption(),
        };
        NameInExamples(root);
        return root;
    }

    // Each command gives its example as it is called here.
    private static void NameInExamples(Command command)
    {
        command.Description = command.Description?.Replace(Example, $"{Example}{Name} ", StringComparison.Ordinal);
        foreach (var child in command.Subcommands)
        {
            NameInExamples(child);
        }
    }
}
