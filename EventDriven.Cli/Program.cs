using System.CommandLine;
using EventDriven.Cli;
using EventDriven.Cli.DeadLetters;
using EventDriven.Cli.Journeys;
using EventDriven.Cli.Reconciliation;
using EventDriven.Cli.Replay;
using EventDriven.Cli.Topics;

var root = new RootCommand("Operator commands of the EventDriven system.")
{
    TopicsCommand.Create(),
    DeadLettersCommand.Create(),
    ReconcileCommand.Create(),
    ReplayCommand.Create(),
    JourneyCommand.Create(),
};
return await CommandLine.RunAsync(root, args);
