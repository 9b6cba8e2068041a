namespace EventDriven.Tests.Application.Harness;

/// <summary>Stock as Inventory answers it.</summary>
internal sealed record StockView(string Sku, int Available, int Reserved);
