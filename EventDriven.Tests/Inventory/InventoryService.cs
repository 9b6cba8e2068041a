using System.Text.Json;
using EventDriven.Contracts;
using EventDriven.Contracts.Inventory;
using EventDriven.Messaging.Storage.Outbox;
using EventDriven.Tests.Services;
using Inventory.Worker;
using Inventory.Worker.Database;
using Inventory.Worker.Reservations;
using Inventory.Worker.Reservations.Expiry;
using Inventory.Worker.Reservations.Hold;
using Inventory.Worker.Stock;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EventDriven.Tests.Inventory;

/// <summary>Inventory, as its callers and its topics see it.</summary>
internal sealed class InventoryService(ServiceUnderTest<InventoryDbContext> service) : IAsyncDisposable
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    public static async Task<InventoryService> CreateAsync(Servers servers) =>
        new(await ServiceUnderTest<InventoryDbContext>.CreateAsync(
            servers, InventoryEvents.AddInventoryEvents, builder => builder.AddReservations()));

    public Task PlaceAsync(Guid orderId, params (string Sku, int Quantity)[] lines) =>
        service.DeliverAsync(EventTypes.OrderPlaced, Orders.Placed(orderId, lines));

    public Task CancelAsync(Guid orderId) => service.DeliverAsync(EventTypes.OrderCancelled, Orders.Cancelled(orderId));

    /// <summary>Calls <c>POST /reservations</c>.</summary>
    public async Task<(int Status, object? Body)> HoldAsync(Guid orderId, params (string? Sku, int Quantity)[] lines)
    {
        var request = new HoldRequest(orderId, [.. lines.Select(l => new HoldRequestLine(l.Sku, l.Quantity))]);
        var result = await service.InScopeAsync(
            provider => HoldEndpoint.PostAsync(request, provider.GetRequiredService<HoldStock>(), CancellationToken));
        return (((IStatusCodeHttpResult)result.Result).StatusCode ?? 0, ((IValueHttpResult)result.Result).Value);
    }

    /// <summary>Lets the service look for expired holds by itself, until it is disposed.</summary>
    public Task StartSweepingAsync() => service.StartAsync<HoldSweep>();

    public void Pass(TimeSpan time) => service.Time.Advance(time);

    public Task<int> SweepAsync() =>
        service.InScopeAsync(provider => provider.GetRequiredService<ExpiredHolds>().ReleaseAsync(CancellationToken));

    public Task StockAsync(string sku, int available) =>
        service.InScopeAsync(provider => StockApi.PutAsync(
            sku, new StockLevel(available), provider.GetRequiredService<InventoryDbContext>(), CancellationToken));

    public async Task<(int Available, int Reserved)> StockAsync(string sku) =>
        await service.ReadAsync(async database =>
        {
            var item = await database.Stock.AsNoTracking().SingleAsync(s => s.Sku == sku, CancellationToken);
            return (item.Available, item.Reserved);
        });

    public Task<Reservation> ReservationAsync(Guid orderId) =>
        service.ReadAsync(database => database.Reservations.AsNoTracking().SingleAsync(r => r.OrderId == orderId, CancellationToken));

    public Task<List<Reservation>> ReservationsAsync() =>
        service.ReadAsync(database => database.Reservations.AsNoTracking().ToListAsync(CancellationToken));

    /// <summary>What was announced about an order, in order.</summary>
    public async Task<IReadOnlyList<object>> AnnouncedAsync(Guid orderId)
    {
        var key = orderId.ToString();
        var messages = await service.ReadAsync(
            database => database.Set<OutboxMessage>().AsNoTracking().Where(m => m.Key == key).OrderBy(m => m.Sequence)
                .ToListAsync(CancellationToken));
        return [.. messages.Select(Read)];
    }

    public Task<int> ExecuteAsync(FormattableString sql) =>
        service.ReadAsync(database => database.Database.ExecuteSqlAsync(sql, CancellationToken));

    public Task<List<string>> DoubledEffectsAsync() => service.DoubledEffectsAsync();

    public ValueTask DisposeAsync() => service.DisposeAsync();

    private static object Read(OutboxMessage message) => message.Type switch
    {
        EventTypes.StockReserved => JsonSerializer.Deserialize(message.Data, ContractsJson.Default.StockReserved)!,
        EventTypes.StockRejected => JsonSerializer.Deserialize(message.Data, ContractsJson.Default.StockRejected)!,
        EventTypes.StockReleased => JsonSerializer.Deserialize<StockReleased>(message.Data, ContractsJson.Default.StockReleased)!,
        _ => throw new InvalidOperationException(message.Type),
    };
}
