namespace EventDriven.AppHost.Demo;

/// <summary>Addresses of the services that the demo calls.</summary>
internal sealed record DemoAddresses(Uri Checkout, Uri Inventory, Uri Notifications, Uri Analytics);
