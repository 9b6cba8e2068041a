using System.ComponentModel.DataAnnotations;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using EventDriven.Messaging;
using EventDriven.Messaging.Consuming;
using EventDriven.Messaging.Validation;

namespace EventDriven.Tests.Messaging;

/// <summary>
/// A consumer's record says what it admits; anything else is unreadable, and the reason names the field, never its value.
/// </summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class AdmissionTests
{
    [Theory]
    [InlineData("""{ "names": ["a", null] }""", "names[1] must not be null.")]
    [InlineData("""{ "lines": [null] }""", "lines[0] must not be null.")]
    [InlineData("""{ "lines": [{}, { "tags": [null] }] }""", "lines[1].tags[0] must not be null.")]
    [InlineData("""{ "basket": { "lines": [null] } }""", "basket.lines[0] must not be null.")]
    [InlineData("""{ "basket": { "next": { "next": { "lines": [null] } } } }""", "basket.next.next.lines[0] must not be null.")]
    public void Null_in_a_list_is_unreadable(string data, string why) =>
        Assert.Equal($"The data is not an Ordered: {why}", Why<Ordered>(data));

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "names": [], "lines": null, "basket": null }""")]
    [InlineData("""{ "names": ["a"], "lines": [{ "tags": ["b"] }], "basket": { "lines": [{}] }, "counts": [1] }""")]
    [InlineData("""{ "notes": [null], "sizes": [null] }""")]
    public void What_is_declared_is_read(string data) => Assert.IsType<Ordered>(Read<Ordered>(data));

    [Theory]
    [InlineData("""{ "quantity": 0 }""", "quantity must be between 1 and 10000.")]
    [InlineData("""{ "quantity": 10001 }""", "quantity must be between 1 and 10000.")]
    [InlineData("""{ "share": 1 }""", "share must be between 0 and below 1.")]
    [InlineData("""{ "id": "00000000-0000-0000-0000-000000000000" }""", "id must be given.")]
    [InlineData("""{ "ids": ["01890a5d-ac96-774b-bcce-b302099a8057", "00000000-0000-0000-0000-000000000000"] }""", "ids[1] must be given.")]
    [InlineData("""{ "code": "EURO" }""", "code must match [A-Z]{3}.")]
    [InlineData("""{ "code": "eur" }""", "code must match [A-Z]{3}.")]
    [InlineData("""{ "code": "EUR\n" }""", "code must match [A-Z]{3}.")]
    [InlineData("""{ "code": "" }""", "code must be given.")]
    [InlineData("""{ "kind": "c" }""", "The kind field does not equal any of the values specified in AllowedValuesAttribute.")]
    [InlineData("""{ "text": "" }""", "text must have 1 to 5 characters, none of them a control character.")]
    [InlineData("""{ "text": "secret" }""", "text must have 1 to 5 characters, none of them a control character.")]
    [InlineData("""{ "text": "a\u0000b" }""", "text must have 1 to 5 characters, none of them a control character.")]
    [InlineData("""{ "text": "a\u009bb" }""", "text must have 1 to 5 characters, none of them a control character.")]
    [InlineData("""{ "total": -0.01 }""", "total must be a number with at most 3 digits before the point and 2 after it, not below zero.")]
    [InlineData("""{ "total": 1.001 }""", "total must be a number with at most 3 digits before the point and 2 after it, not below zero.")]
    [InlineData("""{ "total": 1000 }""", "total must be a number with at most 3 digits before the point and 2 after it, not below zero.")]
    [InlineData("""{ "at": "0001-01-01T00:00:00Z" }""", "at must be a time from 2000 to 2099.")]
    [InlineData("""{ "at": "2100-01-01T00:00:00Z" }""", "at must be a time from 2000 to 2099.")]
    [InlineData("""{ "parts": [] }""", "parts must have a length of 1 to 2.")]
    [InlineData("""{ "parts": ["a", "b", "c"] }""", "parts must have a length of 1 to 2.")]
    [InlineData("""{ "parts": ["a", "b\t"] }""", "parts[1] must have 1 to 5 characters, none of them a control character.")]
    [InlineData("""{ "lines": [{ "quantity": 1 }, { "quantity": -5 }] }""", "lines[1].quantity must be between 1 and 10.")]
    [InlineData("""{ "named_otherwise": 4 }""", "named_otherwise must be between 1 and 3.")]
    [InlineData("""{ "optional": 0 }""", "optional must be between 1 and 3.")]
    [InlineData("""{ "even": 3 }""", "even is odd.")]
    [InlineData("""{ "size": { "width": 0 } }""", "size.width must be between 1 and 3.")]
    [InlineData("""{ "set": 0 }""", "set must be between 1 and 3.")]
    public void What_the_record_does_not_admit_is_unreadable_with_its_field(string data, string why) =>
        Assert.Equal($"The data is not a Strict: {why}", Why<Strict>(data));

    [Theory]
    [InlineData("{}")]
    [InlineData(
        """{ "quantity": 10000, "share": 0.99, "code": "EUR", "kind": "b", "text": "Zoë ✓", "total": 999.99, "parts": ["a", "b"] }""")]
    [InlineData(
        """{ "at": "2099-12-31T23:59:59Z", "optional": null, "named_otherwise": 3, "even": 4, "set": 3, "size": { "width": 1 } }""")]
    public void What_the_record_admits_is_read(string data) => Assert.IsType<Strict>(Read<Strict>(data));

    [Theory]
    [InlineData("{}", "name, lines must be given.")]
    [InlineData("""{ "name": "a", "lines": [{}] }""", "lines[0]: sku must be given.")]
    [InlineData("""{ "name": "a", "lines": [{ "sku": 3 }] }""", "lines[0].sku can't be read.")]
    [InlineData("""{ "name": "a", "lines": [{ "sku": "\ud800" }] }""", "lines[0].sku can't be read.")]
    [InlineData("nothing", "it is no JSON of that form.")]
    public void What_is_missing_or_no_such_value_is_named_too(string data, string why) =>
        Assert.Equal($"The data is not a Basic: {why}", Why<Basic>(data));

    [Fact]
    public void A_record_that_says_nothing_costs_nothing() => Assert.Null(RecordChecks.Of<Plain>(JsonNamingPolicy.CamelCase));

    [Fact]
    public void A_rule_that_has_to_see_more_than_its_value_is_refused_at_registration() =>
        Assert.Throws<InvalidOperationException>(() => RecordChecks.Of<Compared>(JsonNamingPolicy.CamelCase));

    private static string Why<TEvent>(string data) => Assert.Throws<UnreadableEventException>(() => Read<TEvent>(data)).Message;

    private static object Read<TEvent>(string data) => EventBinding
        .Of<TEvent, NoHandler<TEvent>>((JsonTypeInfo<TEvent>)new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        }.GetTypeInfo(typeof(TEvent)))
        .Read(Encoding.UTF8.GetBytes(data));

    private sealed record Ordered(
        IReadOnlyList<string>? Names = null,
        Line[]? Lines = null,
        Basket? Basket = null,
        IReadOnlyList<string?>? Notes = null,
        IReadOnlyList<int>? Counts = null,
        IReadOnlyList<int?>? Sizes = null);

    private sealed record Basket(IReadOnlyList<Line>? Lines = null, Basket? Next = null);

    private sealed record Line(IReadOnlyList<string>? Tags = null);

    private sealed record Strict(
        [Range(1, 10_000)] int Quantity = 1,
        [Range(0d, 1d, MaximumIsExclusive = true)] double Share = 0,
        [NotDefault] Guid? Id = null,
        [NotDefault] IReadOnlyList<Guid>? Ids = null,
        [Required, RegularExpression("[A-Z]{3}")] string Code = "USD",
        [property: AllowedValues("a", "b")] string Kind = "a",
        [PlainText(5)] string? Text = null,
        [Numeric(5, 2)] decimal Total = 0,
        [PlausibleTime] DateTimeOffset? At = null,
        [Length(1, 2), PlainText(5)] IReadOnlyList<string>? Parts = null,
        IReadOnlyList<StrictLine>? Lines = null,
        [Range(1, 3)][property: JsonPropertyName("named_otherwise")] int Named = 1,
        [Range(1, 3)] int? Optional = null,
        [Even] int Even = 0,
        Size? Size = null)
    {
        [Range(1, 3)]
        public int Set { get; init; } = 1;
    }

    private sealed record StrictLine([Range(1, 10)] int Quantity);

    private sealed record Size([Range(1, 3)] int Width);

    private sealed record Basic(string Name, IReadOnlyList<BasicLine> Lines);

    private sealed record BasicLine(string Sku);

    private sealed record Plain(Guid Id, string Name, IReadOnlyList<int> Numbers);

    private sealed record Compared(string Password, [property: Compare(nameof(Compared.Password))] string Again);

    [AttributeUsage(AttributeTargets.Parameter)]
    private sealed class EvenAttribute() : ValidationAttribute("{0} is odd.")
    {
        public override bool IsValid(object? value) => value is int number && number % 2 == 0;
    }

    private sealed class NoHandler<TEvent> : IEventHandler<TEvent>
    {
        public Task HandleAsync(EventContext<TEvent> context, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
