using System.Text.Json;
using EventDriven.Contracts;
using EventDriven.Contracts.Orders;
using EventDriven.Messaging;
using EventDriven.Messaging.Contracts;
using EventDriven.Messaging.Outbox.Writing;
using Json.Schema;

namespace EventDriven.Tests.Gate;

/// <summary>A producer refuses, before anything is stored, an event that its own schema does not admit (law L7).</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class WrittenEventTests
{
    private static readonly OrderPlaced Placed = new(
        Guid.CreateVersion7(DateTimeOffset.UnixEpoch),
        Guid.CreateVersion7(DateTimeOffset.UnixEpoch),
        "ada@example.com",
        "EUR",
        12.50m,
        [new OrderLine("kettle", 1, 12.50m)],
        DateTimeOffset.UnixEpoch);

    /// <summary>The refusal of the record and the verdict of a validator on the released file are the same.</summary>
    public static TheoryData<string, bool> Events => new()
    {
        { "as it is", true },
        { "no email", false },
        { "no lines", false },
        { "a line that is null", false },
        { "a long SKU", false },
        { "no SKU", false },
        { "a quantity of 0", false },
        { "three digits after the point", false },
        { "trailing zeros", true },
        { "below zero", false },
        { "too large", false },
        { "a currency in small letters", false },
    };

    [Theory]
    [MemberData(nameof(Events))]
    public void What_the_released_schema_does_not_admit_is_refused_and_nothing_else(string what, bool admitted)
    {
        var written = Written();
        var changed = Change(what);

        var refused = Record.Exception(() => written.Serialize(changed));

        Assert.Equal(admitted, Admits(changed));
        Assert.Equal(admitted, refused is null);
        Assert.True(admitted || refused is InvalidOperationException { Message: var message }
            && message.StartsWith("'eventdriven.orders.order-placed.v1' is not what its schema admits", StringComparison.Ordinal));
    }

    [Fact]
    public void An_enum_is_written_by_name_and_a_value_without_one_is_refused()
    {
        var json = new EventDriven.Messaging.Hosting.EventJson([]).Writing<Painted>();
        var written = PublishedVersion.Create("test.pots.pot-painted.v1", "pots.v1", json, added => (Painted)added);

        Assert.Equal("""{"color":"darkBlue"}"""u8, written.Serialize(new Painted(Color.DarkBlue)));
        var refused = Assert.Throws<InvalidOperationException>(() => written.Serialize(new Painted((Color)7)));
        Assert.Contains("color must be one of Red, DarkBlue.", refused.Message);
    }

    [Fact]
    public void The_schema_travels_with_the_record()
    {
        var contract = EmbeddedContract.Latest(typeof(OrderPlaced).Assembly, "eventdriven.orders.order-placed.v1")!;

        Assert.Equal("contracts/orders.v1/eventdriven.orders.order-placed.v1.json", contract.Path);
        using var stream = contract.Open();
        Assert.Equal(File.ReadAllText(Path.Combine(Repository.Root, contract.Path)), new StreamReader(stream).ReadToEnd());
        Assert.Equal(
            typeof(OrderPlaced).Assembly.GetTypes().Count(type => type.IsDefined(typeof(EventAttribute), inherit: false)),
            EmbeddedContract.Of(typeof(OrderPlaced).Assembly).Select(c => c.EventType).Distinct().Count());
    }

    [Fact]
    public void Dataschema_is_the_address_of_the_contract_or_a_URN()
    {
        var written = Written();

        Assert.Null(new PublishedEvents("/checkout", [Announced(written)]).Schemas.Of(written.Type));
        Assert.Equal(
            "https://shop.example/api/contracts/orders.v1/eventdriven.orders.order-placed.v1.json"u8.ToArray(),
            new PublishedEvents("/checkout", [Announced(written)], new Uri("https://shop.example/api/")).Schemas.Of(written.Type));
    }

    private static PublishedVersion Written() => PublishedVersion.Create(
        EventName.Of<OrderPlaced>(), Topics.Orders, ContractsJson.Default.OrderPlaced, added => (OrderPlaced)added);

    private static PublishedEvent Announced(PublishedVersion version) =>
        new(typeof(OrderPlaced), added => $"{((OrderPlaced)added).OrderId}", [version]);

    private static OrderPlaced Change(string what) => what switch
    {
        "no email" => Placed with { Email = null! },
        "no lines" => Placed with { Lines = [] },
        "a line that is null" => Placed with { Lines = [null!] },
        "a long SKU" => Placed with { Lines = [new OrderLine(new string('a', 65), 1, 1)] },
        "no SKU" => Placed with { Lines = [new OrderLine("", 1, 1)] },
        "a quantity of 0" => Placed with { Lines = [new OrderLine("kettle", 0, 1)] },
        "three digits after the point" => Placed with { Total = 1.005m },
        "trailing zeros" => Placed with { Total = 1.5000m },
        "below zero" => Placed with { Total = -0.01m },
        "too large" => Placed with { Total = 1_000_000_000_000m },
        "a currency in small letters" => Placed with { Currency = "eur" },
        _ => Placed,
    };

    private static bool Admits(OrderPlaced changed)
    {
        using var stream = EmbeddedContract.Latest(typeof(OrderPlaced).Assembly, EventName.Of<OrderPlaced>())!.Open();
        var data = JsonSerializer.SerializeToElement(changed, JsonSerializerOptions.Web);
        return JsonSchema.FromText(new StreamReader(stream).ReadToEnd()).Evaluate(data).IsValid;
    }

    private enum Color
    {
        Red,
        DarkBlue,
    }

    [Event("test.pots.pot-painted.v1")]
    private sealed record Painted(Color Color);
}
