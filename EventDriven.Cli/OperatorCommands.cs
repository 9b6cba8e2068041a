using System.CommandLine;
using EventDriven.Cli.DeadLetters;
using EventDriven.Cli.Journeys;
using EventDriven.Cli.Lag;
using EventDriven.Cli.Outbox;
using EventDriven.Cli.Rebuild;
using EventDriven.Cli.Reconciliation;
using EventDriven.Cli.Rehearsal;
using EventDriven.Cli.Replay;
using EventDriven.Cli.Topics;

namespace EventDriven.Cli;

/// <summary>All commands.</summary>
internal static class OperatorCommands
{
    /// <param name="confirmation">Is asked before something is changed.</param>
    public static RootCommand Create(Confirmation confirmation) => new("Operator commands of the EventDriven system. Example: lag --watch")
    {
        TopicsCommand.Create(confirmation),
        OutboxCommand.Create(),
        LagCommand.Create(),
        JourneyCommand.Create(),
        DeadLettersCommand.Create(confirmation),
        RehearseCommand.Create(),
        ReplayCommand.Create(confirmation),
        RebuildCommand.Create(confirmation),
        ReconcileCommand.Create(),
    };
}
