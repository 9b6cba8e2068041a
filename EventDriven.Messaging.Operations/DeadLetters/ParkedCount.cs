namespace EventDriven.Messaging.Operations.DeadLetters;

/// <summary>Parked keys of a group.</summary>
/// <param name="Keys">Number of keys.</param>
/// <param name="Events">Number of dead letters of these keys, blocked ones included.</param>
public sealed record ParkedCount(long Keys, long Events);
