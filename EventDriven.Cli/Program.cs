using System.CommandLine;
using EventDriven.Cli;
using EventDriven.Cli.DeadLetters;
using EventDriven.Cli.Journeys;
using EventDriven.Cli.Lag;
using EventDriven.Cli.Outbox;
using EventDriven.Cli.Rebuild;
using EventDriven.Cli.Reconciliation;
using EventDriven.Cli.Rehearsal;
using EventDriven.Cli.Replay;
using EventDriven.Cli.Topics;

var root = new RootCommand("Operator commands of the EventDriven system.")
{
    TopicsCommand.Create(),
    OutboxCommand.Create(),
    LagCommand.Create(),
    JourneyCommand.Create(),
    DeadLettersCommand.Create(),
    RehearseCommand.Create(),
    ReplayCommand.Create(),
    RebuildCommand.Create(),
    ReconcileCommand.Create(),
};
return await CommandLine.RunAsync(root, args);
