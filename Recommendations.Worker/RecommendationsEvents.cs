using EventDriven.Contracts;
using EventDriven.Messaging.Hosting;
using Recommendations.Worker.Baskets;
using Recommendations.Worker.Database;

namespace Recommendations.Worker;

/// <summary>Recommendations announces nothing and listens to orders: all that a new consumer has to say.</summary>
internal static class RecommendationsEvents
{
    public static void Configure(MessagingBuilder<RecommendationsDbContext> messaging) => messaging
        .Consumes("recommendations", group => group
            .From(Topics.Orders.Name)
            .ReadsInBulk()
            .Handles<OrderPlaced, RecordBasket>(EventTypes.OrderPlaced, OrderEvents.Default.OrderPlaced));
}
