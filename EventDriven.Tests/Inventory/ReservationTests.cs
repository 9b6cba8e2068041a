using EventDriven.Contracts.Inventory;
using EventDriven.Tests.Services;
using Inventory.Worker.Reservations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace EventDriven.Tests.Inventory;

public sealed class ReservationTests(Servers servers) : IAsyncLifetime
{
    private static readonly TimeSpan LongerThanAnyHold = TimeSpan.FromMinutes(16);
    private readonly Guid _order = Orders.NewId();
    private InventoryService _inventory = null!;

    public async ValueTask InitializeAsync() => _inventory = await InventoryService.CreateAsync(servers);

    public ValueTask DisposeAsync() => _inventory.DisposeAsync();

    [Fact]
    public async Task A_placed_order_reserves_every_line_and_says_so_once()
    {
        await _inventory.PlaceAsync(_order, ("tea-sencha", 2), ("mug-blue", 1), ("tea-sencha", 3));

        Assert.Equal((995, 5), await _inventory.StockAsync("tea-sencha"));
        Assert.Equal((999, 1), await _inventory.StockAsync("mug-blue"));
        var reserved = Assert.IsType<StockReserved>(Assert.Single(await _inventory.AnnouncedAsync(_order)));
        Assert.Equal([new StockLine("mug-blue", 1), new StockLine("tea-sencha", 5)], reserved.Lines);
    }

    [Fact]
    public async Task An_order_that_is_tooManyof_one_SKU_reserves_nothing_and_names_it()
    {
        await _inventory.StockAsync("pot-iron", 4);

        await _inventory.PlaceAsync(_order, ("mug-blue", 1), ("pot-iron", 3), ("pot-iron", 2), ("unheard-of", 1));

        Assert.Equal((1000, 0), await _inventory.StockAsync("mug-blue"));
        Assert.Equal((4, 0), await _inventory.StockAsync("pot-iron"));
        var rejected = Assert.IsType<StockRejected>(Assert.Single(await _inventory.AnnouncedAsync(_order)));
        Assert.Equal([new StockShortage("pot-iron", 5, 4), new StockShortage("unheard-of", 1, 0)], rejected.Shortages);
    }

    [Fact]
    public async Task A_replay_that_the_inbox_has_forgotten_changes_nothing()
    {
        await _inventory.StockAsync("pot-iron", 1);
        var rejected = Orders.NewId();
        await _inventory.PlaceAsync(_order, ("mug-blue", 1));
        await _inventory.PlaceAsync(rejected, ("pot-iron", 2));
        await _inventory.StockAsync("pot-iron", 10);

        await _inventory.PlaceAsync(_order, ("mug-blue", 1));
        await _inventory.PlaceAsync(rejected, ("pot-iron", 2));

        Assert.Equal((999, 1), await _inventory.StockAsync("mug-blue"));
        Assert.Equal((10, 0), await _inventory.StockAsync("pot-iron"));
        Assert.Single(await _inventory.AnnouncedAsync(_order));
        Assert.Single(await _inventory.AnnouncedAsync(rejected));
    }

    [Fact]
    public async Task A_hold_becomes_firm_when_its_order_is_placed()
    {
        var (status, _) = await _inventory.HoldAsync(_order, ("mug-blue", 1), ("tea-sencha", 2));
        Assert.Equal(StatusCodes.Status200OK, status);
        Assert.Empty(await _inventory.AnnouncedAsync(_order));

        await _inventory.PlaceAsync(_order, ("tea-sencha", 2), ("mug-blue", 1));
        _inventory.Pass(LongerThanAnyHold);
        Assert.Equal(0, await _inventory.SweepAsync());

        Assert.Equal((998, 2), await _inventory.StockAsync("tea-sencha"));
        Assert.Equal(ReservationState.Reserved, (await _inventory.ReservationAsync(_order)).State);
        Assert.IsType<StockReserved>(Assert.Single(await _inventory.AnnouncedAsync(_order)));
    }

    [Fact]
    public async Task An_order_that_differs_from_its_hold_reserves_what_was_placed()
    {
        await _inventory.HoldAsync(_order, ("mug-blue", 7));

        await _inventory.PlaceAsync(_order, ("mug-white", 2));

        Assert.Equal((1000, 0), await _inventory.StockAsync("mug-blue"));
        Assert.Equal((998, 2), await _inventory.StockAsync("mug-white"));
    }

    [Fact]
    public async Task A_cancelled_order_gives_its_stock_back_once()
    {
        await _inventory.PlaceAsync(_order, ("mug-blue", 3));

        await _inventory.CancelAsync(_order);
        await _inventory.CancelAsync(_order);

        Assert.Equal((1000, 0), await _inventory.StockAsync("mug-blue"));
        var announced = await _inventory.AnnouncedAsync(_order);
        Assert.Equal(2, announced.Count);
        Assert.Equal([new StockLine("mug-blue", 3)], Assert.IsType<StockReleased>(announced[1]).Lines);
    }

    [Fact]
    public async Task Nothing_is_ever_reserved_for_an_order_whose_cancellation_came_first()
    {
        await _inventory.CancelAsync(_order);

        await _inventory.PlaceAsync(_order, ("mug-blue", 3));
        var (status, _) = await _inventory.HoldAsync(_order, ("mug-blue", 3));

        Assert.Equal(StatusCodes.Status409Conflict, status);
        Assert.Equal((1000, 0), await _inventory.StockAsync("mug-blue"));
        Assert.Empty(await _inventory.AnnouncedAsync(_order));
    }

    [Fact]
    public async Task An_expired_hold_is_released_in_silence_and_its_order_is_decided_anew()
    {
        await _inventory.HoldAsync(_order, ("mug-blue", 3));
        Assert.Equal(0, await _inventory.SweepAsync());

        _inventory.Pass(LongerThanAnyHold);
        Assert.Equal(1, await _inventory.SweepAsync());
        Assert.Equal((1000, 0), await _inventory.StockAsync("mug-blue"));
        Assert.Empty(await _inventory.AnnouncedAsync(_order));

        await _inventory.StockAsync("mug-blue", 2);
        await _inventory.PlaceAsync(_order, ("mug-blue", 3));
        Assert.IsType<StockRejected>(Assert.Single(await _inventory.AnnouncedAsync(_order)));
    }

    [Fact]
    public async Task Expired_holds_are_looked_for_all_the_time()
    {
        await _inventory.StartSweepingAsync();
        await _inventory.HoldAsync(_order, ("mug-blue", 3));

        await Eventually.TrueAsync(async () =>
        {
            _inventory.Pass(LongerThanAnyHold);
            return await _inventory.StockAsync("mug-blue") == (1000, 0);
        });
    }

    [Fact]
    public async Task The_same_order_id_gets_the_same_answer_and_other_lines_under_it_are_refused()
    {
        var refused = Orders.NewId();
        await _inventory.HoldAsync(_order, ("mug-blue", 2), ("mug-blue", 1));
        await _inventory.HoldAsync(refused, ("honey-acacia", 1), ("mug-white", 1));
        await _inventory.StockAsync("honey-acacia", 5);

        var (again, _) = await _inventory.HoldAsync(_order, ("mug-blue", 3));
        var (other, _) = await _inventory.HoldAsync(_order, ("mug-blue", 4));
        var (refusedAgain, problem) = await _inventory.HoldAsync(refused, ("mug-white", 1), ("honey-acacia", 1));

        Assert.Equal(StatusCodes.Status200OK, again);
        Assert.Equal(StatusCodes.Status422UnprocessableEntity, other);
        Assert.Equal(StatusCodes.Status409Conflict, refusedAgain);
        Assert.Equal(["honey-acacia"], Assert.IsType<string[]>(Assert.IsType<ProblemDetails>(problem).Extensions["skus"]));
        Assert.Equal((997, 3), await _inventory.StockAsync("mug-blue"));
        Assert.Equal((1000, 0), await _inventory.StockAsync("mug-white"));
    }

    [Fact]
    public async Task Bad_input_is_refused_by_the_name_of_the_field()
    {
        var (status, problem) = await _inventory.HoldAsync(Guid.Empty, ("mug-blue", 0), (" ", 10_001));

        Assert.Equal(StatusCodes.Status422UnprocessableEntity, status);
        Assert.Equal(
            ["lines[0].quantity", "lines[1].quantity", "lines[1].sku", "orderId"],
            Assert.IsType<HttpValidationProblemDetails>(problem).Errors.Keys.Order(StringComparer.Ordinal));
    }

    /// <summary>
    /// Whatever happens to an order, stock and reservations agree; when they don't, something was taken or given back twice.
    /// </summary>
    [Fact]
    public async Task Stock_that_is_set_aside_twice_is_a_doubled_effect()
    {
        var (placed, cancelled, held, lapsed, tooMany) = (_order, Orders.NewId(), Orders.NewId(), Orders.NewId(), Orders.NewId());
        await _inventory.HoldAsync(lapsed, ("mug-blue", 4));
        _inventory.Pass(LongerThanAnyHold);
        await _inventory.SweepAsync();
        await _inventory.PlaceAsync(placed, ("mug-blue", 2), ("pot-iron", 1));
        await _inventory.PlaceAsync(cancelled, ("mug-blue", 3));
        await _inventory.CancelAsync(cancelled);
        await _inventory.HoldAsync(held, ("mug-blue", 5));
        await _inventory.PlaceAsync(tooMany, ("mug-blue", 5_000));
        Assert.Empty(await _inventory.DoubledEffectsAsync());

        await _inventory.ExecuteAsync($"UPDATE stock SET reserved = reserved + 2, available = available - 2 WHERE sku = 'mug-blue'");

        Assert.Equal(["inventory mug-blue: 9 set aside in stock, 7 in reservations"], await _inventory.DoubledEffectsAsync());
    }

    [Fact]
    public async Task The_database_itself_refuses_to_go_below_zero()
    {
        var refused = await Assert.ThrowsAsync<PostgresException>(
            () => _inventory.ExecuteAsync($"UPDATE stock SET available = available - 1001 WHERE sku = 'mug-blue'"));

        Assert.Equal("ck_stock_available", refused.ConstraintName);
    }
}
