namespace EventDriven.KafkaEmulator;

/// <summary>The emulator can't do what was requested. The message tells the caller why.</summary>
internal sealed class EmulatorException(string message) : Exception(message);
