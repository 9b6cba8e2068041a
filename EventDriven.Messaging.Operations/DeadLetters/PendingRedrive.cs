namespace EventDriven.Messaging.Operations.DeadLetters;

/// <summary>Dead letters of a group that were marked for a redrive and have not been tried yet.</summary>
/// <param name="Group">Consumer group.</param>
/// <param name="Count">How many they are.</param>
/// <param name="Reason">Why they have not been tried.</param>
public sealed record PendingRedrive(string Group, int Count, string Reason);
