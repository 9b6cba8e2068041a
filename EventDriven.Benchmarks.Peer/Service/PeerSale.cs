using EventDriven.Benchmarks.Service;

namespace EventDriven.Benchmarks.Peer.Service;

/// <summary>The same JSON as <see cref="SaleRecorded"/>. Public, because the peer generates code that names the type.</summary>
public sealed record PeerSale(
    Guid SaleId, Guid CustomerId, string Currency, decimal Total, IReadOnlyList<PeerSaleLine> Lines, DateTimeOffset RecordedAt)
{
    internal static PeerSale Create(Guid id, DateTimeOffset at)
    {
        var sale = SaleRecorded.Create(id, at);
        return new(
            sale.SaleId,
            sale.CustomerId,
            sale.Currency,
            sale.Total,
            [.. sale.Lines.Select(line => new PeerSaleLine(line.Sku, line.Quantity, line.UnitPrice))],
            sale.RecordedAt);
    }
}
