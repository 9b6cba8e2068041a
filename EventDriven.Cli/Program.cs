using EventDriven.Cli;

return await CommandLine.RunAsync(OperatorCommands.Create(Confirmation.AtTerminal()), args);
