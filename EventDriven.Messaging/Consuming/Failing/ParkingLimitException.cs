namespace EventDriven.Messaging.Consuming.Failing;

/// <summary>The group has parked as many keys as it may (<see cref="MessagingOptions.MaxParkedKeys"/>): nothing was stored.</summary>
internal sealed class ParkingLimitException(string message) : Exception(message);
