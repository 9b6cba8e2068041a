using System.Text.Json.Nodes;

namespace EventDriven.Tests.Gate;

/// <summary>Schemas of records say what System.Text.Json writes, without what its exporter trips over.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class RecordSchemaTests : IDisposable
{
    private const string Declared = "public sealed record Noted";

    private readonly Shop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Theory]
    [InlineData("Guid X", """{"type":"string","format":"uuid"}""")]
    [InlineData("DateTimeOffset X", """{"type":"string","format":"date-time"}""")]
    [InlineData("DateOnly X", """{"type":"string","format":"date"}""")]
    [InlineData("Uri X", """{"type":"string","format":"uri"}""")]
    [InlineData("string? X", """{"type":["string","null"]}""")]
    [InlineData("bool X", """{"type":"boolean"}""")]
    [InlineData("int X", """{"type":"integer","minimum":-2147483648,"maximum":2147483647}""")]
    [InlineData("byte? X", """{"type":["integer","null"],"minimum":0,"maximum":255}""")]
    [InlineData("decimal X", """{"type":"number"}""")]
    [InlineData("[Numeric(5, 2)] decimal X", """{"type":"number","multipleOf":0.01,"minimum":0,"exclusiveMaximum":1000}""")]
    [InlineData("[Numeric(3, 0, MayBeNegative = true)] decimal X",
        """{"type":"number","multipleOf":1,"exclusiveMinimum":-1000,"exclusiveMaximum":1000}""")]
    [InlineData("[Range(1, 5)] int X", """{"type":"integer","minimum":1,"maximum":5}""")]
    [InlineData("[Range(0.5, 5, MinimumIsExclusive = true)] double X", """{"type":"number","exclusiveMinimum":0.5,"maximum":5}""")]
    [InlineData("[PlainText(9)] string X", """{"type":"string","minLength":1,"maxLength":9}""")]
    [InlineData("[Required] string X", """{"type":"string","minLength":1}""")]
    [InlineData("[RegularExpression(\"a|b\")] string X", """{"type":"string","pattern":"^(?:a|b)$"}""")]
    [InlineData("Color X", """{"type":"string","enum":["red","darkBlue"]}""")]
    [InlineData("Color? X", """{"type":["string","null"],"enum":["red","darkBlue",null]}""")]
    [InlineData("byte[] X", """{"type":"string","contentEncoding":"base64"}""")]
    [InlineData("IReadOnlyList<string> X", """{"type":"array","items":{"type":"string"}}""")]
    [InlineData("IReadOnlyList<string?> X", """{"type":"array","items":{"type":["string","null"]}}""")]
    [InlineData("[Length(1, 3), PlainText(4)] IReadOnlyList<string> X",
        """{"type":"array","items":{"type":"string","minLength":1,"maxLength":4},"minItems":1,"maxItems":3}""")]
    [InlineData("IReadOnlyDictionary<string, bool> X", """{"type":"object","additionalProperties":{"type":"boolean"}}""")]
    [InlineData("[PersonalData] string X", """{"type":"string","x-personal-data":true}""")]
    [InlineData("[property: Obsolete] string X", """{"type":"string","deprecated":true}""")]
    [InlineData("System.Text.Json.JsonElement X", "{}")]
    [InlineData("Part X", """{"type":"object","properties":{"name":{"type":"string"}},"required":["name"]}""")]
    public void A_member_is_described_as_it_is_written(string member, string expected)
    {
        var schema = Schema($"public sealed record Noted({member});");

        Assert.Equal(expected, schema["properties"]!["x"]!.ToJsonString(), ignoreLineEndingDifferences: true);
        Assert.Equal("""["x"]""", schema["required"]!.ToJsonString());
    }

    /// <summary>The exporter serializes a parameter's default value, and that of a struct is null in the metadata.</summary>
    [Theory]
    [InlineData("Guid X = default")]
    [InlineData("DateTimeOffset X = default")]
    [InlineData("DateOnly X = default")]
    [InlineData("decimal? X = null")]
    [InlineData("Color X = Color.DarkBlue")]
    [InlineData("string X = \"a\"")]
    public void A_default_value_makes_a_member_optional(string member)
    {
        var schema = Schema($"public sealed record Noted(int Number, {member});");

        Assert.Equal("""["number"]""", schema["required"]!.ToJsonString());
        Assert.NotNull(schema["properties"]!["x"]);
    }

    [Fact]
    public void A_getter_that_is_never_null_is_not_nullable()
    {
        var schema = Schema("public sealed record Noted(int Number) { public string X => \"x\"; }");

        Assert.Equal("""{"type":"string"}""", schema["properties"]!["x"]!.ToJsonString());
    }

    [Fact]
    public void Descriptions_come_from_doc_comments()
    {
        var schema = Schema(
            """
            /// <summary>Something was
            /// noted, see <see cref="Guid"/>.</summary>
            /// <param name="X">What; not <paramref name="Y"/>, <c>raw</c>.</param>
            /// <param name="Y">Why.</param>
            public sealed record Noted(string X, string Y)
            {
                /// <summary>How.</summary>
                public string? Z { get; init; }
            }
            """);

        Assert.Equal("Something was noted, see Guid.", schema["description"]!.GetValue<string>());
        Assert.Equal(
            ["What; not Y, raw.", "Why.", "How."],
            schema["properties"]!.AsObject().Select(property => property.Value!["description"]!.GetValue<string>()));
    }

    [Fact]
    public void Names_are_those_of_the_record()
    {
        var schema = Schema(
            "public sealed record Noted([property: JsonPropertyName(\"x_y\")] string X, [property: JsonIgnore] string? Hidden = null);");

        Assert.Equal(["x_y"], schema["properties"]!.AsObject().Select(property => property.Key));
    }

    [Theory]
    [InlineData("[Event(\"test.notes.number-noted.v3\")]", "notes.v3")]
    [InlineData("[Event(\"test.notes.number-noted.v3\", Topic = \"scribbles\")]", "scribbles")]
    public void The_topic_is_said_or_is_the_domain_and_the_major_version(string attribute, string topic) =>
        Assert.Equal(topic, Assert.Single(_shop.Produces($"{attribute} public sealed record Noted(int Number);").Build().Contracts).Topic);

    /// <summary>Records that contain themselves are refused, and never loop.</summary>
    [Fact]
    public void An_event_is_a_tree()
    {
        _shop.Produces("[Event(\"test.notes.number-noted.v1\")] public sealed record Noted(int Number, Noted? Inner = null);");

        Assert.Contains("contains itself", Assert.Throws<EventDriven.Messaging.Contracts.ContractException>(_shop.Build).Message);
    }

    private JsonObject Schema(string record) => Assert.Single(_shop.Produces(
        $$"""
        public enum Color { Red, DarkBlue }
        public sealed record Part(string Name);
        """ + "\n" + record.Replace(Declared, $"[Event(\"test.notes.number-noted.v1\")]\n{Declared}", StringComparison.Ordinal))
        .Build().Contracts).Schema;
}
