using EventDriven.Contracts.Inventory;
using EventDriven.Tests.Services;
using Inventory.Worker.Reservations;

namespace EventDriven.Tests.Inventory;

public sealed class ConcurrentReservationTests(Servers servers) : IAsyncLifetime
{
    private const int Callers = 16;
    private const int Stock = 40;
    private static readonly string[] Skus = ["mug-blue", "mug-white", "pot-iron", "tea-sencha"];
    private InventoryService _inventory = null!;

    public async ValueTask InitializeAsync() => _inventory = await InventoryService.CreateAsync(servers);

    public ValueTask DisposeAsync() => _inventory.DisposeAsync();

    [Fact]
    public async Task Scarce_stock_is_never_oversold_and_every_piece_is_accounted_for()
    {
        foreach (var sku in Skus)
        {
            await _inventory.StockAsync(sku, Stock);
        }

        // Lines in changing order and number: whoever locks them as they come deadlocks, which fails a call.
        var orders = Enumerable.Range(0, 240).Select(i => (
            Id: Orders.NewId(),
            Number: i,
            Lines: Enumerable.Range(0, 1 + (i % Skus.Length))
                .Select(n => (Skus[(i + (n * ((i % 3) + 1))) % Skus.Length], 1 + (i % 2))).ToArray()));
        var done = false;
        var looking = Task.Run(
            async () =>
            {
                while (!Volatile.Read(ref done))
                {
                    Assert.Empty(await _inventory.DoubledEffectsAsync());
                }
            },
            TestContext.Current.CancellationToken);
        await InParallelAsync(orders, async order =>
        {
            if (order.Number % 3 == 0)
            {
                await _inventory.HoldAsync(order.Id, [.. order.Lines.Select(l => ((string?)l.Item1, l.Item2))]);
            }
            else
            {
                await _inventory.PlaceAsync(order.Id, order.Lines);
            }

            if (order.Number % 5 == 0)
            {
                await _inventory.CancelAsync(order.Id);
            }
        });

        // At no moment did stock and reservations disagree.
        Volatile.Write(ref done, true);
        await looking;
        var reservations = await _inventory.ReservationsAsync();
        Assert.Contains(reservations, r => r.State == ReservationState.Rejected);
        var held = reservations
            .Where(r => r.State is ReservationState.Held or ReservationState.Reserved)
            .SelectMany(r => r.Lines)
            .ToLookup(l => l.Sku, l => l.Quantity);
        foreach (var sku in Skus)
        {
            var (available, reserved) = await _inventory.StockAsync(sku);
            Assert.InRange(available, 0, Stock);
            Assert.Equal(Stock, available + reserved);
            Assert.Equal(held[sku].Sum(), reserved);
        }
    }

    [Fact]
    public async Task A_hold_its_order_and_its_cancellation_at_the_same_time_leave_nothing_behind()
    {
        var orders = Enumerable.Range(0, 40).Select(_ => Orders.NewId()).ToList();
        var calls = orders.SelectMany(id => new Func<Task>[]
        {
            () => _inventory.HoldAsync(id, ("mug-blue", 2)),
            () => _inventory.HoldAsync(id, ("mug-blue", 2)),
            () => _inventory.PlaceAsync(id, ("mug-blue", 2)),
            () => _inventory.CancelAsync(id),
        });

        await InParallelAsync(calls, call => call());

        Assert.Equal((1000, 0), await _inventory.StockAsync("mug-blue"));
        foreach (var order in orders)
        {
            var announced = await _inventory.AnnouncedAsync(order);
            Assert.Equal(announced.OfType<StockReserved>().Count(), announced.OfType<StockReleased>().Count());
            Assert.InRange(announced.Count, 0, 2);
        }
    }

    private static Task InParallelAsync<T>(IEnumerable<T> items, Func<T, Task> use) => Parallel.ForEachAsync(
        items,
        new ParallelOptions { MaxDegreeOfParallelism = Callers, CancellationToken = TestContext.Current.CancellationToken },
        async (item, _) => await use(item));
}
