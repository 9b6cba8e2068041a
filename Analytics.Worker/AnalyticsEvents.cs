using Analytics.Worker.Customers;
using Analytics.Worker.Database;
using Analytics.Worker.Journeys;
using Analytics.Worker.Orders;
using Analytics.Worker.Reservations;
using Analytics.Worker.Revenue;
using EventDriven.Contracts;
using EventDriven.Messaging.Hosting;

namespace Analytics.Worker;

/// <summary>Analytics announces nothing and listens to everything; its offsets are kept with its read models (law L11).</summary>
internal static class AnalyticsEvents
{
    public static void Configure(MessagingBuilder<AnalyticsDbContext> messaging) => messaging
        .Consumes("analytics", group => group
            .From(Topics.Orders.Name, Topics.Payments.Name, Topics.Inventory.Name, Topics.Customers.Name)
            .FromHearsay(Topics.Receipts.Name)
            .KeepsOffsetsInDatabase()
            .ReadsInBulk()
            .HandlesBatches<OrderPlaced, RecordOrdersPlaced>(EventTypes.OrderPlaced, OrderEvents.Default.OrderPlaced)
            .HandlesBatches<OrderConfirmed, RecordOrdersConfirmed>(EventTypes.OrderConfirmed, OrderEvents.Default.OrderConfirmed)
            .HandlesBatches<OrderRejected, RecordOrdersRejected>(EventTypes.OrderRejected, OrderEvents.Default.OrderRejected)
            .HandlesBatches<OrderCancelled, RecordOrdersCancelled>(EventTypes.OrderCancelled, OrderEvents.Default.OrderCancelled)
            .HandlesBatches<PaymentCaptured, RecordPayments>(EventTypes.PaymentCaptured, PaymentEvents.Default.PaymentCaptured)
            .HandlesBatches<PaymentRefunded, RecordRefunds>(EventTypes.PaymentRefunded, PaymentEvents.Default.PaymentRefunded)
            .HandlesBatches<StockReserved, RecordReservations>(EventTypes.StockReserved, StockEvents.Default.StockReserved)
            .HandlesBatches<UserSignedUp, RecordSignUps>(EventTypes.UserSignedUp, CustomerEvents.Default.UserSignedUp)
            .HandlesBatches<EventsHandled, RecordReceipts>(EventTypes.EventsHandled, JourneyEvents.Default.EventsHandled));
}
