namespace EventDriven.AppHost.Demo;

/// <summary>What the demo reads of Inventory's answer.</summary>
internal sealed record ReservationAnswer(string State);
