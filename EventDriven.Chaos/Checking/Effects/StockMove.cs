using EventDriven.Chaos.Checking.Rules;
using EventDriven.Chaos.Evidence.Inventory;
using EventDriven.Contracts.Inventory;

namespace EventDriven.Chaos.Checking.Effects;

/// <summary>Stock of a SKU that was taken for an order, or given back.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Quantity">Negative where it was taken.</param>
/// <param name="Earliest">Not before this.</param>
/// <param name="Latest">Not after this; the end of time where only a time is known that was read before the stock was locked.</param>
internal sealed record StockMove(Guid OrderId, int Quantity, DateTimeOffset Earliest, DateTimeOffset Latest)
{
    private const int TimedVersion = 7;

    /// <summary>Whether its time is known: it was read while the stock was locked, so that such moves are ordered by it.</summary>
    public bool IsExact => Earliest == Latest;

    /// <summary>All moves of a SKU, by its reservations and their facts.</summary>
    public static IEnumerable<StockMove> Of(CheckedRun run, string sku)
    {
        var reserved = run.Facts<StockReserved>().DistinctBy(fact => fact.Fact.OrderId)
            .ToDictionary(fact => fact.Fact.OrderId, fact => fact.Fact);
        return run.Evidence.Inventory.Reservations.SelectMany(
            reservation => reservation.Lines.Where(line => line.Sku == sku),
            (reservation, line) => Of(run, reservation, line.Quantity, reserved.GetValueOrDefault(reservation.OrderId)))
            .SelectMany(moves => moves);
    }

    private static IEnumerable<StockMove> Of(CheckedRun run, StoredReservation reservation, int quantity, StockReserved? fact)
    {
        // The id of an order is made before its stock is asked for.
        var begun = reservation.OrderId.Version == TimedVersion ? TimeOf(reservation.OrderId) : DateTimeOffset.MinValue;
        var isImmediate = !run.Orders.TryGetValue(reservation.OrderId, out var order) || order.IsImmediate;
        var wasHeld = reservation.State is "Held" || (reservation.State is "Released" or "Cancelled" && !reservation.Placed);
        if (fact is null && !wasHeld)
        {
            yield break;
        }

        yield return fact is null
            ? new StockMove(reservation.OrderId, -quantity, begun, DateTimeOffset.MaxValue)
            : new StockMove(reservation.OrderId, -quantity, isImmediate ? begun : fact.ReservedAt, fact.ReservedAt);
        if (!reservation.IsSetAside)
        {
            yield return new StockMove(
                reservation.OrderId, quantity, reservation.ChangedAt, fact is null ? DateTimeOffset.MaxValue : reservation.ChangedAt);
        }
    }

    private static DateTimeOffset TimeOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        long milliseconds = 0;
        foreach (var part in bytes[..6])
        {
            milliseconds = (milliseconds << 8) | part;
        }

        return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
    }
}
