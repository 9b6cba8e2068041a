using EventDriven.Contracts;
using EventDriven.Messaging;
using Recommendations.Worker.Baskets;
using Recommendations.Worker.Database;

namespace Recommendations.Worker;

/// <summary>Recommendations announces nothing and listens to orders: all that a new consumer has to say.</summary>
internal static class RecommendationsEvents
{
    public static IMessagingBuilder AddRecommendationsEvents(this IHostApplicationBuilder builder) =>
        builder.AddMessaging<RecommendationsDbContext>("/recommendations")
            .UseKafka("kafka")
            .UseRedisLeases("redis")
            .AddConsumer("recommendations", consumer => consumer
                .Subscribe(Topics.Orders)
                .ReadInBulk()
                .AddHandler<RecordBasket>());
}
