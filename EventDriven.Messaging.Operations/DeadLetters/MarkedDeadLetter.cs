namespace EventDriven.Messaging.Operations.DeadLetters;

/// <summary>A dead letter that was marked for a redrive.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Attempts">Attempts before the redrive.</param>
public sealed record MarkedDeadLetter(long Id, int Attempts);
