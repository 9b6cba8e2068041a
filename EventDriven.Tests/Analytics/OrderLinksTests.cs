using Analytics.Worker.Orders;
using Microsoft.Extensions.Configuration;

namespace EventDriven.Tests.Analytics;

[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class OrderLinksTests
{
    private static readonly Guid Order = Guid.Parse("0190a1b2-0000-7000-8000-000000000001");

    [Fact]
    public void A_journey_leads_to_the_order_where_Checkout_is()
    {
        var links = OrderLinks.Of(Order, Configuration(("services:checkout:http:0", "http://checkout:8080/")));

        Assert.Equal($"/analytics/orders/{Order}", links.Figures);
        Assert.Equal($"/analytics/orders/{Order}/journey", links.Journey);
        Assert.Equal($"http://checkout:8080/orders/{Order}", links.Order);
        Assert.Equal($"http://checkout:8080/orders/{Order}/events", links.Events);
    }

    [Fact]
    public void Without_its_address_there_is_no_link_to_it()
    {
        var links = OrderLinks.Of(Order, Configuration());

        Assert.Null(links.Order);
        Assert.Null(links.Events);
    }

    private static IConfiguration Configuration(params (string Key, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => (string?)s.Value, StringComparer.Ordinal))
        .Build();
}
