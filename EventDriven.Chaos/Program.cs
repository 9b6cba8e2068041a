using EventDriven.Chaos;

return await ChaosCommand.RunAsync(args);
