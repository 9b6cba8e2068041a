using Analytics.Worker.Customers;
using Analytics.Worker.Database;
using Analytics.Worker.Orders;
using Analytics.Worker.Reservations;
using Analytics.Worker.Revenue;
using EventDriven.Contracts;
using EventDriven.Messaging;

namespace Analytics.Worker;

/// <summary>Analytics announces nothing and listens to everything; its offsets are kept with its read models (law L11).</summary>
internal static class AnalyticsEvents
{
    public static void Configure(MessagingBuilder<AnalyticsDbContext> messaging) => messaging
        .Consumes("analytics", group => group
            .From(Topics.Orders.Name, Topics.Payments.Name, Topics.Inventory.Name, Topics.Customers.Name)
            .KeepsOffsetsInDatabase()
            .Handles<OrderPlaced, RecordOrderPlaced>(EventTypes.OrderPlaced, OrderEvents.Default.OrderPlaced)
            .Handles<OrderConfirmed, RecordOrderConfirmed>(EventTypes.OrderConfirmed, OrderEvents.Default.OrderConfirmed)
            .Handles<OrderRejected, RecordOrderRejected>(EventTypes.OrderRejected, OrderEvents.Default.OrderRejected)
            .Handles<OrderCancelled, RecordOrderCancelled>(EventTypes.OrderCancelled, OrderEvents.Default.OrderCancelled)
            .Handles<PaymentCaptured, RecordPayment>(EventTypes.PaymentCaptured, PaymentEvents.Default.PaymentCaptured)
            .Handles<StockReserved, RecordReservation>(EventTypes.StockReserved, StockEvents.Default.StockReserved)
            .Handles<UserSignedUp, RecordSignUp>(EventTypes.UserSignedUp, CustomerEvents.Default.UserSignedUp));
}
