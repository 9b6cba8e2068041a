using EventDriven.Contracts;
using EventDriven.Messaging;
using Notifications.Worker.Customers;
using Notifications.Worker.Database;
using Notifications.Worker.Messages;
using Notifications.Worker.Orders;
using Notifications.Worker.Payments;
using Notifications.Worker.Privacy;

namespace Notifications.Worker;

/// <summary>Notifications announces nothing; it listens to whatever a customer is written about.</summary>
internal static class NotificationsEvents
{
    public static IMessagingBuilder AddNotificationsEvents(this IHostApplicationBuilder builder) =>
        builder.AddMessaging<NotificationsDbContext>("/notifications")
            .UseKafka("kafka")
            .UseRedisLeases("redis")
            .Sends<Message>("mails")
            .OpensPersonalData<CheckoutKeys>()
            .AddConsumer("notifications", consumer => consumer
                .Subscribe(Topics.Orders, Topics.Payments, Topics.Customers)
                .AddHandler<WriteOrderReceived>()
                .AddHandler<WriteOrderConfirmed>()
                .AddHandler<WriteOrderRejected>()
                .AddHandler<WriteOrderCancelled>()
                .AddHandler<WritePaymentReceived>()
                .AddHandler<WritePaymentRefused>()
                .AddHandler<WritePaymentRefunded>()
                .AddHandler<WriteWelcome>()
                .AddHandler<ForgetCustomer>());
}
