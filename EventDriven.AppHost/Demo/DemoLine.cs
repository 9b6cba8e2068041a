namespace EventDriven.AppHost.Demo;

/// <summary>A line of an order.</summary>
internal sealed record DemoLine(string Sku, int Quantity);
