using Checkout.Api.Database;
using Checkout.Api.Orders.Paying;
using Checkout.Api.Orders.StockFacts;
using Checkout.Api.Privacy;
using EventDriven.Contracts;
using EventDriven.Contracts.Customers;
using EventDriven.Contracts.Orders;
using EventDriven.Contracts.Payments;
using EventDriven.Messaging;

namespace Checkout.Api;

/// <summary>What Checkout announces and what it listens to. Nothing here names a consumer (law L2).</summary>
internal static class CheckoutEvents
{
    public static IMessagingBuilder AddCheckoutEvents(this IHostApplicationBuilder builder) =>
        builder.AddMessaging<CheckoutDbContext>("/checkout")
            .UseKafka("kafka")
            .UseRedisLeases("redis")
            .UseJson(ContractsJson.Default, StockFactsJson.Default)
            .Sends<Refund>("refunds")
            .Publishes<OrderPlaced>(Topics.Orders, key: e => e.OrderId)
            .Publishes<OrderConfirmed>(Topics.Orders, key: e => e.OrderId)
            .Publishes<OrderRejected>(Topics.Orders, key: e => e.OrderId)
            .Publishes<OrderCancelled>(Topics.Orders, key: e => e.OrderId)
            .Publishes<PaymentCaptured>(Topics.Payments, key: e => e.OrderId)
            .Publishes<PaymentRefused>(Topics.Payments, key: e => e.OrderId)
            .Publishes<PaymentRefunded>(Topics.Payments, key: e => e.OrderId)
            .Publishes<UserSignedUp>(Topics.Customers, key: e => e.CustomerId)
            .Publishes<CustomerForgotten>(Topics.Customers, key: e => e.CustomerId)
            .SealsPersonalData<CustomerKeys>()
            .AddConsumer("checkout", consumer => consumer
                .Subscribe(Topics.Inventory)
                .AddHandler<ConfirmOrder>()
                .AddHandler<RejectOrder>());
}
