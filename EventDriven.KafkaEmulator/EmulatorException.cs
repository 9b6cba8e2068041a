namespace EventDriven.KafkaEmulator;

/// <summary>The emulator can't do what it was asked to; the message says why to whoever asked.</summary>
internal sealed class EmulatorException(string message) : Exception(message);
