using EventDriven.KafkaEmulator;

return await EmulatorArguments.RunAsync(args, Emulator.RunAsync);
