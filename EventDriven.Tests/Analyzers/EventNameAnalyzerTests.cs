using EventDriven.Messaging;
using EventDriven.Messaging.Analyzers.CodeFixes.Events;
using EventDriven.Messaging.Analyzers.Events;

namespace EventDriven.Tests.Analyzers;

/// <summary>EDM001.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class EventNameAnalyzerTests
{
    [Theory]
    [InlineData("shop.orders.order-placed.v1")]
    [InlineData("shop.order-desk.parcel-sent-back.v12")]
    [InlineData("shop.payments.invoice-paid.v2")]
    [InlineData("shop.orders.place-order.v1")]
    [InlineData("shop.plants.plant-seed.v1")]
    [InlineData("shop.orders.placed.v1")]
    [InlineData("shop.orders.order-placed.v0")]
    [InlineData("shop.orders.order-placed.v01")]
    [InlineData("shop.orders.order-placed.v")]
    [InlineData("shop.orders.order-placed")]
    [InlineData("shop..order-placed.v1")]
    [InlineData("shop.orders.order-placed-.v1")]
    [InlineData("shop.orders.Order-Placed.v1")]
    [InlineData("OrderPlaced")]
    [InlineData("")]
    public Task What_is_refused_at_start_is_reported_and_nothing_else(string name)
    {
        var isRefused = Record.Exception(() => EventName.EnsureFact(name)) is not null;

        return AnalyzerCheck<EventNameAnalyzer>.VerifyAsync($"[Event({(isRefused ? $"[|\"{name}\"|]" : $"\"{name}\"")})] public record R;");
    }

    [Fact]
    public Task A_name_in_a_constant_is_reported_where_it_is_used() => AnalyzerCheck<EventNameAnalyzer>.VerifyAsync(
        """[Event([|Name|])] public record R { public const string Name = "shop.orders.place-order.v1"; }""");

    [Fact]
    public Task Another_attribute_of_that_name_is_nothing_to_report() => AnalyzerCheck<EventNameAnalyzer>.VerifyAsync(
        """
        namespace Other
        {
            public sealed class EventAttribute(string name) : Attribute { public string Name => name; }
            [Event("anything")] public record R;
        }
        """);

    [Theory]
    [InlineData("shop.orders.order-placed", "shop.orders.order-placed.v1")]
    [InlineData("shop.orders.order-placed.v0", "shop.orders.order-placed.v1")]
    [InlineData("shop.orders.OrderPlaced.v2", "shop.orders.order-placed.v2")]
    [InlineData("Shop.Orders.order_placed", "shop.orders.order-placed.v1")]
    public Task The_fix_writes_the_name_in_its_shape(string name, string mended) =>
        FixCheck<EventNameAnalyzer, EventNameFix>.VerifyAsync(
            $"[Event([|\"{name}\"|])] public record R;", $"[Event(\"{mended}\")] public record R;");

    [Theory]
    [InlineData("shop.orders.place-order.v1")]
    [InlineData("OrderPlaced")]
    public Task What_happened_is_not_guessed(string name)
    {
        var code = $"[Event([|\"{name}\"|])] public record R;";

        return FixCheck<EventNameAnalyzer, EventNameFix>.VerifyAsync(code, code);
    }
}
