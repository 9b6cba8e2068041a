using EventDriven.Cli;
using EventDriven.Cli.Audit;

return await CommandLine.RunAsync(OperatorCommands.Create(OperatorChanges.AtTerminal()), args);
