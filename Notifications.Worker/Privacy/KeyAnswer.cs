namespace Notifications.Worker.Privacy;

/// <summary>What Notifications reads of a key.</summary>
internal sealed record KeyAnswer(Guid Id, Guid CustomerId, byte[] Key);
