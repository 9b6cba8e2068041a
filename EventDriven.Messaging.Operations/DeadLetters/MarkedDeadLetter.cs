namespace EventDriven.Messaging.Operations.DeadLetters;

/// <summary>A dead letter for which a redrive was asked.</summary>
/// <param name="Id">Row.</param>
/// <param name="Attempts">Attempts before it.</param>
public sealed record MarkedDeadLetter(long Id, int Attempts);
