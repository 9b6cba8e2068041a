namespace EventDriven.Messaging.Consuming;

/// <summary>What a batch took.</summary>
/// <param name="Singles">Handlers of single events.</param>
/// <param name="Transaction">The transaction without any handler.</param>
/// <param name="Batch">Everything.</param>
internal sealed record BatchTimes(HandlerTimes Singles, TimeSpan Transaction, TimeSpan Batch);
