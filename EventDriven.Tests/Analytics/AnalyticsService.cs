using Analytics.Worker;
using Analytics.Worker.Database;
using EventDriven.Contracts.Customers;
using EventDriven.Contracts.Inventory;
using EventDriven.Contracts.Orders;
using EventDriven.Contracts.Payments;
using EventDriven.Contracts.Receipts;
using EventDriven.Tests.Services;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using JourneyAnswer = Analytics.Worker.Journeys.JourneyAnswer;
using JourneyApi = Analytics.Worker.Journeys.JourneyApi;
using OrderAnswer = Analytics.Worker.Orders.OrderAnswer;
using OrdersApi = Analytics.Worker.Orders.OrdersApi;

namespace EventDriven.Tests.Analytics;

/// <summary>Analytics, as its topics and its readers see it.</summary>
internal sealed class AnalyticsService(ServiceUnderTest<AnalyticsDbContext> service) : IAsyncDisposable
{
    public static async Task<AnalyticsService> CreateAsync(Servers servers) =>
        new(await ServiceUnderTest<AnalyticsDbContext>.CreateAsync(servers, AnalyticsEvents.AddAnalyticsEvents));

    public Task PlaceAsync(Guid orderId, params (string Sku, int Quantity)[] lines) =>
        service.DeliverAsync(EventTypes.OrderPlaced, Orders.Placed(orderId, lines));

    public Task ConfirmAsync(Guid orderId, TimeSpan after) =>
        service.DeliverAsync(EventTypes.OrderConfirmed, new OrderConfirmed(orderId, Orders.PlacedAt + after));

    public Task RejectAsync(Guid orderId) =>
        service.DeliverAsync(EventTypes.OrderRejected, new OrderRejected(orderId, "out-of-stock", ["pot-iron"], Orders.PlacedAt));

    public Task CancelAsync(Guid orderId) => service.DeliverAsync(EventTypes.OrderCancelled, Orders.Cancelled(orderId));

    public Task ReserveAsync(Guid orderId, TimeSpan after) =>
        service.DeliverAsync(EventTypes.StockReserved, new StockReserved(orderId, [], Orders.PlacedAt + after));

    public Task PayAsync(Guid orderId, decimal amount, string currency, TimeSpan after, string reference = "first") =>
        service.DeliverAsync(
            EventTypes.PaymentCaptured, new PaymentCaptured(orderId, reference, amount, currency, Orders.PlacedAt + after));

    public Task RefundAsync(Guid orderId, decimal amount, string currency, TimeSpan after, string reference = "first") =>
        service.DeliverAsync(
        EventTypes.PaymentRefunded, new PaymentRefunded(orderId, reference, amount, currency, "order-cancelled", Orders.PlacedAt + after));

    public Task SignUpAsync(Guid customerId) =>
        service.DeliverAsync(EventTypes.UserSignedUp, new UserSignedUp(customerId, "new@customers.example", "New", Orders.PlacedAt));

    private static IConfiguration NoConfiguration => new ConfigurationBuilder().Build();

    /// <summary>A group tells what it did.</summary>
    public Task TellAsync(string group, params Receipt[] receipts) =>
        service.DeliverAsync(EventTypes.EventsHandled, new EventsHandled(group, receipts));

    /// <summary>Starts one of the service's background services.</summary>
    public Task StartAsync<TBackground>()
        where TBackground : BackgroundService => service.StartAsync<TBackground>();

    public async Task<JourneyAnswer?> JourneyAsync(Guid orderId) => await AskAsync<JourneyAnswer>(
        async (database, token) => (await JourneyApi.GetAsync(orderId, database, NoConfiguration, token)).Result);

    /// <summary>The figures of an order, without the links.</summary>
    public async Task<OrderAnswer?> OrderAsync(Guid orderId)
    {
        var answer = await AskAsync<OrderAnswer>(
            async (database, token) => (await OrdersApi.GetOrderAsync(orderId, database, NoConfiguration, token)).Result);
        return answer is null ? null : answer with { Links = null };
    }

    public async Task<T?> AskAsync<T>(Func<AnalyticsDbContext, CancellationToken, Task<IResult>> query)
        where T : class => await service.ReadAsync(
            async database => (await query(database, TestContext.Current.CancellationToken) as IValueHttpResult)?.Value as T);

    public ValueTask DisposeAsync() => service.DisposeAsync();
}
