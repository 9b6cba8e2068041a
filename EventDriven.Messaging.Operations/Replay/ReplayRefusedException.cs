namespace EventDriven.Messaging.Operations.Replay;

/// <summary>A replay would do something that nobody may want; the message says what, and what to do instead.</summary>
internal sealed class ReplayRefusedException(string message) : Exception(message);
