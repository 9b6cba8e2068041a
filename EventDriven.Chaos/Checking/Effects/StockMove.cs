using EventDriven.Chaos.Checking.Rules;
using EventDriven.Chaos.Evidence.Inventory;
using EventDriven.Contracts.Inventory;

namespace EventDriven.Chaos.Checking.Effects;

/// <summary>Stock of a SKU that was taken for an order, or given back.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Quantity">Negative where it was taken.</param>
/// <param name="Earliest">Not before this.</param>
/// <param name="Latest">Not after this.</param>
/// <param name="IsHeldFirst">Whether it may have been taken by HTTP some time before its fact.</param>
internal sealed record StockMove(Guid OrderId, int Quantity, DateTimeOffset Earliest, DateTimeOffset Latest, bool IsHeldFirst)
{
    private const int TimedVersion = 7;

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

        if (fact is not null)
        {
            yield return new StockMove(
                reservation.OrderId, -quantity, isImmediate ? begun : fact.ReservedAt, fact.ReservedAt, IsHeldFirst: isImmediate);
        }
        else
        {
            yield return new StockMove(reservation.OrderId, -quantity, begun, reservation.ChangedAt, IsHeldFirst: true);
        }

        if (!reservation.IsSetAside)
        {
            yield return new StockMove(
                reservation.OrderId, quantity, reservation.ChangedAt, reservation.ChangedAt, IsHeldFirst: fact is null);
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
