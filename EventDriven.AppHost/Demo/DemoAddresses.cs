namespace EventDriven.AppHost.Demo;

/// <summary>Where the services are that the demo talks to, whoever started them.</summary>
internal sealed record DemoAddresses(Uri Checkout, Uri Inventory, Uri Notifications, Uri Analytics);
