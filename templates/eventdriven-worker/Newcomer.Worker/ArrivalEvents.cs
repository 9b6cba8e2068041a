using EventDriven.Contracts;
using EventDriven.Messaging;
using Newcomer.Namespace.Worker.Database;
using Newcomer.Namespace.Worker.Somewhere;

namespace Newcomer.Namespace.Worker;

/// <summary>Newcomer announces nothing and listens to SomethingHappened.</summary>
internal static class ArrivalEvents
{
    public static IMessagingBuilder AddArrivalEvents(this IHostApplicationBuilder builder) =>
        builder.AddMessaging<ArrivalDbContext>("/newcomer-group")
            .UseKafka("kafka")
            .UseRedisLeases("redis")
            .AddConsumer("newcomer-group", consumer => consumer
                .Subscribe(Topics.Somewhere)
                .AddHandler<RecordSomethingHappened>());
}
