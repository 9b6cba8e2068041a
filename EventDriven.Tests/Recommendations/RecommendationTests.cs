using EventDriven.Tests.Services;
using Microsoft.AspNetCore.Http.HttpResults;
using Recommendations.Worker;
using Recommendations.Worker.Baskets;
using Recommendations.Worker.Database;

namespace EventDriven.Tests.Recommendations;

public sealed class RecommendationTests(Servers servers)
{
    [Fact]
    public async Task What_is_bought_together_most_often_comes_first()
    {
        await using var service = await ServiceUnderTest<RecommendationsDbContext>.CreateAsync(
            servers, RecommendationsEvents.AddRecommendationsEvents);
        Task PlaceAsync(Guid order, params string[] skus) =>
            service.DeliverAsync(EventTypes.OrderPlaced, Orders.Placed(order, [.. skus.Select(sku => (sku, 1))]));
        var first = Orders.NewId();
        await PlaceAsync(first, "mug-blue", "tea-sencha", "tea-sencha");
        await PlaceAsync(first, "mug-blue", "tea-sencha", "tea-sencha");
        await PlaceAsync(Orders.NewId(), "tea-assam", "mug-blue", "filter-paper");
        await PlaceAsync(Orders.NewId(), "filter-paper", "mug-blue");
        await PlaceAsync(Orders.NewId(), "filter-paper", "pot-iron");

        var recommended = await service.ReadAsync(
            database => RecommendationsApi.GetAsync("mug-blue", limit: null, database, TestContext.Current.CancellationToken));

        Assert.Equal(
            [new Recommendation("filter-paper", 2), new Recommendation("tea-assam", 1), new Recommendation("tea-sencha", 1)],
            Assert.IsType<Ok<List<Recommendation>>>(recommended.Result).Value);
    }
}
