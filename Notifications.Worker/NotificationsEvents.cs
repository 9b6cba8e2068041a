using EventDriven.Contracts;
using EventDriven.Messaging;
using Notifications.Worker.Customers;
using Notifications.Worker.Database;
using Notifications.Worker.Orders;
using Notifications.Worker.Payments;

namespace Notifications.Worker;

/// <summary>Notifications announces nothing; it listens to whatever a customer is written about.</summary>
internal static class NotificationsEvents
{
    public static void Configure(MessagingBuilder<NotificationsDbContext> messaging) => messaging
        .Consumes("notifications", group => group
            .From(Topics.Orders.Name, Topics.Payments.Name, Topics.Customers.Name)
            .Handles<OrderPlaced, WriteOrderReceived>(EventTypes.OrderPlaced, OrderEvents.Default.OrderPlaced)
            .Handles<OrderConfirmed, WriteOrderConfirmed>(EventTypes.OrderConfirmed, OrderEvents.Default.OrderConfirmed)
            .Handles<OrderRejected, WriteOrderRejected>(EventTypes.OrderRejected, OrderEvents.Default.OrderRejected)
            .Handles<OrderCancelled, WriteOrderCancelled>(EventTypes.OrderCancelled, OrderEvents.Default.OrderCancelled)
            .Handles<PaymentCaptured, WritePaymentReceived>(EventTypes.PaymentCaptured, PaymentEvents.Default.PaymentCaptured)
            .Handles<UserSignedUp, WriteWelcome>(EventTypes.UserSignedUp, CustomerEvents.Default.UserSignedUp));
}
