namespace EventDriven.Messaging.Consuming.Failing;

/// <summary>The group has parked as many keys as it may (<see cref="DeadLetterOptions.MaxParkedKeys"/>): nothing was stored.</summary>
internal sealed class ParkingLimitException(string message) : Exception(message);
