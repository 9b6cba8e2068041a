namespace EventDriven.Benchmarks.Peer.Service;

/// <summary>A line of <see cref="PeerSale"/>.</summary>
public sealed record PeerSaleLine(string Sku, int Quantity, decimal UnitPrice);
