namespace EventDriven.Messaging.Operations.Logs;

/// <summary>The newest of a topic since it was last asked.</summary>
/// <param name="Events">The events, in the order in which they were read.</param>
/// <param name="PassedOver">How many were passed over, because there were more than may be read at a time.</param>
public sealed record LogPortion(IReadOnlyList<LoggedEvent> Events, long PassedOver);
