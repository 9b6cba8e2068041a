using EventDriven.Contracts;
using EventDriven.Messaging.Hosting;
using Notifications.Worker.Customers;
using Notifications.Worker.Database;
using Notifications.Worker.Messages;
using Notifications.Worker.Orders;
using Notifications.Worker.Payments;

namespace Notifications.Worker;

/// <summary>Notifications announces nothing; it listens to whatever a customer is written about.</summary>
internal static class NotificationsEvents
{
    public static void Configure(MessagingBuilder<NotificationsDbContext> messaging) => messaging
        .Sends<Message>("mails")
        .Consumes("notifications", group => group
            .From(Topics.Orders.Name, Topics.Payments.Name, Topics.Customers.Name)
            .HandlesBatches<OrderPlaced, WriteOrderReceived>(EventTypes.OrderPlaced, OrderEvents.Default.OrderPlaced)
            .HandlesBatches<OrderConfirmed, WriteOrderConfirmed>(EventTypes.OrderConfirmed, OrderEvents.Default.OrderConfirmed)
            .HandlesBatches<OrderRejected, WriteOrderRejected>(EventTypes.OrderRejected, OrderEvents.Default.OrderRejected)
            .HandlesBatches<OrderCancelled, WriteOrderCancelled>(EventTypes.OrderCancelled, OrderEvents.Default.OrderCancelled)
            .HandlesBatches<PaymentCaptured, WritePaymentReceived>(EventTypes.PaymentCaptured, PaymentEvents.Default.PaymentCaptured)
            .HandlesBatches<PaymentRefused, WritePaymentRefused>(EventTypes.PaymentRefused, PaymentEvents.Default.PaymentRefused)
            .HandlesBatches<PaymentRefunded, WritePaymentRefunded>(EventTypes.PaymentRefunded, PaymentEvents.Default.PaymentRefunded)
            .HandlesBatches<UserSignedUp, WriteWelcome>(EventTypes.UserSignedUp, CustomerEvents.Default.UserSignedUp));
}
