using Analytics.Worker.Customers;
using Analytics.Worker.Database;
using Analytics.Worker.Journeys;
using Analytics.Worker.Orders;
using Analytics.Worker.Reservations;
using Analytics.Worker.Revenue;
using EventDriven.Contracts;
using EventDriven.Messaging;

namespace Analytics.Worker;

/// <summary>Analytics announces nothing and listens to everything; its offsets are kept with its read models (law L11).</summary>
internal static class AnalyticsEvents
{
    public static IMessagingBuilder AddAnalyticsEvents(this IHostApplicationBuilder builder) =>
        builder.AddMessaging<AnalyticsDbContext>("/analytics")
            .UseKafka("kafka")
            .UseRedisLeases("redis")
            .UseJson(OrderEvents.Default, PaymentEvents.Default, StockEvents.Default, CustomerEvents.Default, JourneyEvents.Default)
            .AddConsumer("analytics", consumer => consumer
                .Subscribe(Topics.Orders, Topics.Payments, Topics.Inventory, Topics.Customers)
                .SubscribeToHearsay(Topics.Receipts)
                .KeepOffsetsInDatabase()
                .ReadInBulk()
                .AddHandler<RecordOrdersPlaced>()
                .AddHandler<RecordOrdersConfirmed>()
                .AddHandler<RecordOrdersRejected>()
                .AddHandler<RecordOrdersCancelled>()
                .AddHandler<RecordPayments>()
                .AddHandler<RecordRefunds>()
                .AddHandler<RecordReservations>()
                .AddHandler<RecordSignUps>()
                .AddHandler<RecordReceipts>());
}
