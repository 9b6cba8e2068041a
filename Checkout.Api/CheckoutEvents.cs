using Checkout.Api.Database;
using Checkout.Api.Orders.Paying;
using Checkout.Api.Orders.StockFacts;
using EventDriven.Contracts;
using EventDriven.Messaging.Hosting;

namespace Checkout.Api;

/// <summary>What Checkout announces and what it listens to. Nothing here names a consumer (law L2).</summary>
internal static class CheckoutEvents
{
    public static WebApplicationBuilder AddCheckoutEvents(this WebApplicationBuilder builder)
    {
        builder.AddMessaging<CheckoutDbContext>("/checkout", messaging => messaging
            .Sends<Refund>("refunds")
            .Publishes(EventTypes.OrderPlaced, Topics.Orders.Name, ContractsJson.Default.OrderPlaced, e => e.OrderId.ToString())
            .Publishes(EventTypes.OrderConfirmed, Topics.Orders.Name, ContractsJson.Default.OrderConfirmed, e => e.OrderId.ToString())
            .Publishes(EventTypes.OrderRejected, Topics.Orders.Name, ContractsJson.Default.OrderRejected, e => e.OrderId.ToString())
            .Publishes(EventTypes.OrderCancelled, Topics.Orders.Name, ContractsJson.Default.OrderCancelled, e => e.OrderId.ToString())
            .Publishes(EventTypes.PaymentCaptured, Topics.Payments.Name, ContractsJson.Default.PaymentCaptured, e => e.OrderId.ToString())
            .Publishes(EventTypes.PaymentRefused, Topics.Payments.Name, ContractsJson.Default.PaymentRefused, e => e.OrderId.ToString())
            .Publishes(EventTypes.PaymentRefunded, Topics.Payments.Name, ContractsJson.Default.PaymentRefunded, e => e.OrderId.ToString())
            .Publishes(EventTypes.UserSignedUp, Topics.Customers.Name, ContractsJson.Default.UserSignedUp, e => e.CustomerId.ToString())
            .Consumes("checkout", group => group
                .From(Topics.Inventory.Name)
                .HandlesBatches<StockReserved, ConfirmOrder>(EventTypes.StockReserved, StockFactsJson.Default.StockReserved)
                .Handles<StockRejected, RejectOrder>(EventTypes.StockRejected, StockFactsJson.Default.StockRejected)));
        return builder;
    }
}
