using EventDriven.Contracts;
using EventDriven.Messaging;

namespace EventDriven.Tests.Messaging;

/// <summary>Law L1: an event is a fact in the past tense.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class EventNameTests
{
    [Fact]
    public void Every_event_of_this_system_is_named_as_a_fact()
    {
        var known = typeof(EventTypes).GetFields()
            .Select(field => (string)field.GetRawConstantValue()!)
            .Order(StringComparer.Ordinal)
            .ToList();
        var records = typeof(TopicDefinition).Assembly.GetTypes().Where(type => type.IsDefined(typeof(EventAttribute), inherit: false));

        Assert.NotEmpty(known);
        Assert.Equal(known, records.Select(EventName.Of).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("eventdriven.orders.place-order.v1")]
    [InlineData("eventdriven.orders.order-confirm.v1")]
    [InlineData("eventdriven.inventory.reserve-stock.v1")]
    [InlineData("eventdriven.inventory.released-stock-now.v1")]
    [InlineData("eventdriven.plants.plant-seed.v1")]
    public void A_command_is_refused(string type)
    {
        var exception = Assert.Throws<ArgumentException>(() => EventName.EnsureFact(type));
        Assert.Contains("past tense", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("test.pots.pot-broken.v1", "test.pots.pot-broken.v2", true)]
    [InlineData("test.pots.pot-broken.v9", "test.pots.pot-broken.v10", true)]
    [InlineData("test.pots.pot-broken.v1", "test.pots.pot-broken.v1", false)]
    [InlineData("test.pots.pot-broken.v1", "test.pots.pot-glued.v2", false)]
    [InlineData("test.pots.pot-broken.v1", "other.pots.pot-broken.v2", false)]
    public void Versions_of_one_fact_differ_in_the_last_part_alone(string one, string other, bool are) =>
        Assert.Equal(are, EventName.AreVersionsOfOneFact(one, other));

    [Theory]
    [InlineData("OrderPlaced")]
    [InlineData("eventdriven.orders.order-placed")]
    [InlineData("eventdriven.orders.order-placed.v0")]
    [InlineData("eventdriven.orders.placed.v1")]
    [InlineData("eventdriven.orders.Order-Placed.v1")]
    public void Another_shape_is_refused(string type) => Assert.Throws<ArgumentException>(() => EventName.EnsureFact(type));

    [Theory]
    [InlineData("eventdriven.payments.invoice-paid.v2")]
    [InlineData("eventdriven.shipping.parcel-sent-back.v1")]
    public void Irregular_participles_are_facts_too(string type) => Assert.Equal(type, EventName.EnsureFact(type));
}
