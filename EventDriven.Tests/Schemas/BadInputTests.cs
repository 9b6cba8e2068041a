using System.Text;
using EventDriven.Schemas;

namespace EventDriven.Tests.Schemas;

/// <summary>What is not a schema is refused at once, with what to do.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class BadInputTests
{
    // Exponential work would take years. The machine may be busy.
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData("", "is not JSON. Correct line 1, column 1")]
    [InlineData("{", "is not JSON. Correct line 1")]
    [InlineData("{\n  \"type\": }", "is not JSON. Correct line 2, column 11")]
    [InlineData("{} {}", "is not JSON. Correct line 1, column 4")]
    [InlineData("7", "A schema is an object, true or false, not a number")]
    [InlineData("[]", "A schema is an object, true or false, not an array")]
    [InlineData("null", "A schema is an object, true or false, not null")]
    [InlineData("\"x\"", "A schema is an object, true or false, not a string")]
    [InlineData("""{"type":7}""", "#/type: The keyword \"type\" must be the name of a type or an array of names, not 7.")]
    [InlineData("""{"type":"text"}""", "#/type: The keyword \"type\" must be of null, boolean")]
    [InlineData("""{"type":["string",1]}""", "#/type: The keyword \"type\" must be of null, boolean")]
    [InlineData("""{"type":[]}""", "#/type: ")]
    [InlineData("""{"required":"x"}""", "#/required: ")]
    [InlineData("""{"required":[1]}""", "#/required: ")]
    [InlineData("""{"minLength":-1}""", "#/minLength: The keyword \"minLength\" must be an integer of at least 0, not -1.")]
    [InlineData("""{"maxItems":1.5}""", "#/maxItems: ")]
    [InlineData("""{"minimum":"1"}""", "#/minimum: The keyword \"minimum\" must be a number")]
    [InlineData("""{"multipleOf":0}""", "#/multipleOf: The keyword \"multipleOf\" must be a number above 0, not 0.")]
    [InlineData("""{"pattern":1}""", "#/pattern: The keyword \"pattern\" must be a string")]
    [InlineData("""{"uniqueItems":1}""", "#/uniqueItems: The keyword \"uniqueItems\" must be true or false")]
    [InlineData("""{"enum":{}}""", "#/enum: The keyword \"enum\" must be an array")]
    [InlineData("""{"properties":[]}""", "#/properties: The keyword \"properties\" must be an object of schemas")]
    [InlineData("""{"properties":{"a/b":{"type":7}}}""", "#/properties/a~1b/type: ")]
    [InlineData("""{"properties":{"a":1}}""", "#/properties/a: A schema is an object, true or false, not a number")]
    [InlineData("""{"allOf":[]}""", "#/allOf: The keyword \"allOf\" must be an array of at least one schema")]
    [InlineData("""{"anyOf":{}}""", "#/anyOf: ")]
    [InlineData("""{"anyOf":[{"oneOf":[{},{"not":3}]}]}""", "#/anyOf/0/oneOf/1/not: ")]
    [InlineData("""{"dependentRequired":{"a":"b"}}""", "#/dependentRequired: ")]
    [InlineData("""{"$defs":{"unused":{"type":7}}}""", "#/$defs/unused/type: ")]
    [InlineData("""{"type":"string","type":"string"}""", "#: The property \"type\" is there more than once")]
    [InlineData("""{"enum":[{"a":1,"a":2}]}""", "#/enum/0: The property \"a\" is there more than once")]
    [InlineData("""{"$ref":"https://example.com/a.json"}""", "leads out of the document")]
    [InlineData("""{"$ref":"other.json#/a"}""", "leads out of the document")]
    [InlineData("""{"$ref":"#/$defs/none"}""", "names nothing in this document")]
    [InlineData("""{"$ref":"#none"}""", "names nothing in this document")]
    [InlineData("""{"$ref":1}""", "#/$ref: The keyword \"$ref\" must be a string")]
    [InlineData("""{"$ref":"#"}""", "so the schema contains itself")]
    [InlineData("""{"properties":{"next":{"$ref":"#"}}}""", "so the schema contains itself")]
    [InlineData("""{"$ref":"#/$defs/a","$defs":{"a":{"$ref":"#/$defs/b"},"b":{"$ref":"#/$defs/a"}}}""", "so the schema contains itself")]
    [InlineData("""{"$dynamicRef":"#node"}""", "#/$dynamicRef: $dynamicRef is not supported. Use $ref.")]
    [InlineData("""{"$recursiveRef":"#"}""", "#/$recursiveRef: $recursiveRef is not supported. Use $ref.")]
    [InlineData("""{"$defs":{"a":{"$anchor":"x"},"b":{"$anchor":"x"}}}""", "The anchor \"x\" is there more than once")]
    [InlineData("""{"properties":{"\ud800":{}}}""", "#/properties: A text has half of a surrogate pair")]
    [InlineData("""{"title":"\udc00"}""", "#/title: A text has half of a surrogate pair")]
    [InlineData("""{"type":"\ud800"}""", "#/type: A text has half of a surrogate pair")]
    [InlineData("""{"maximum":1e99999999999}""", "#/maximum: The exponent of the number 1e99999999999 is out of range")]
    public async Task What_is_wrong_is_said_with_its_place(string json, string message)
    {
        var refusal = await RefusalAsync(Encoding.UTF8.GetBytes(json));

        Assert.StartsWith("schema.json: ", refusal, StringComparison.Ordinal);
        Assert.Contains(message, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_that_is_too_large_is_refused() => Assert.Contains(
        $"At most {SchemaDocument.MaximumBytes} are read",
        await RefusalAsync(Encoding.UTF8.GetBytes($$"""{"description":"{{new string('x', 10_000_000)}}"}""")),
        StringComparison.Ordinal);

    [Fact]
    public async Task A_number_that_is_too_long_is_refused() => Assert.Contains(
        "#/minimum: The number has 5000 characters",
        await RefusalAsync(Encoding.UTF8.GetBytes($$"""{"minimum":{{new string('1', 5_000)}} }""")),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("{\"not\":", "}")]
    [InlineData("{\"allOf\":[", "]}")]
    [InlineData("{\"properties\":{\"a\":", "}}")]
    [InlineData("{\"enum\":[", "]}")]
    [InlineData("[", "]")]
    public async Task What_is_nested_too_deeply_is_refused(string begin, string end)
    {
        var json = $"{string.Concat(Enumerable.Repeat(begin, 10_000))}{{}}{string.Concat(Enumerable.Repeat(end, 10_000))}";

        Assert.Contains("is nested more than 512 levels deep", await RefusalAsync(Encoding.UTF8.GetBytes(json)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chain_of_references_that_is_too_long_is_refused()
    {
        var links = Enumerable.Range(0, 10_000).Select(index => $$"""{{index}}":{"$ref":"#/$defs/{{index + 1}}"}""");
        var json = $$"""{"$defs":{"{{string.Join(",\"", links)}},"10000":{} } }""";

        Assert.Contains("nested more than 256 levels deep", await RefusalAsync(Encoding.UTF8.GetBytes(json)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("properties")]
    [InlineData("allOf")]
    [InlineData("anyOf")]
    [InlineData("oneOf")]
    public async Task Definitions_that_multiply_are_compared_all_the_same(string keyword)
    {
        var (old, updated) = (SchemaVerdict.Parse(Multiplying(keyword, "string")), SchemaVerdict.Parse(Multiplying(keyword, "integer")));

        var differences = await Task.Run(() => SchemaCompatibility.Compare(old, updated)).WaitAsync(
            Bound, TestContext.Current.CancellationToken);

        Assert.Contains(differences, difference => difference.BreaksBackward);
    }

    [Fact]
    public async Task A_schema_as_deep_as_may_be_is_compared()
    {
        var (begin, end) = (string.Concat(Enumerable.Repeat("{\"not\":", 250)), new string('}', 250));
        var old = SchemaVerdict.Parse($$"""{{begin}}{"type":"string"}{{end}}""");
        var updated = SchemaVerdict.Parse($$"""{{begin}}{"type":"null"}{{end}}""");

        await Task.Run(() => SchemaCompatibility.Compare(old, updated)).WaitAsync(Bound, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void A_byte_order_mark_is_skipped() =>
        Assert.Equal("marked", SchemaDocument.Parse(new byte[] { 0xEF, 0xBB, 0xBF, (byte)'{', (byte)'}' }, "marked").Name);

    // Each level refers to the next one twice, with something of its own.
    private static string Multiplying(string keyword, string type)
    {
        var levels = Enumerable.Range(0, 40).Select(level =>
        {
            var next = $$"""{"$ref":"#/$defs/{{level + 1}}"}""";
            var other = $$"""{"$ref":"#/$defs/{{level + 1}}","required":["p{{level}}"]}""";
            return keyword == "properties"
                ? $$"""{{level}}":{"properties":{"a":{{next}},"b":{{other}} } }"""
                : $$"""{{level}}":{"{{keyword}}":[{{next}},{{other}}]}""";
        });
        return $$"""{"$ref":"#/$defs/0","$defs":{"{{string.Join(",\"", levels)}},"40":{"type":"{{type}}"} } }""";
    }

    private static async Task<string> RefusalAsync(byte[] json)
    {
        var refused = await Assert.ThrowsAsync<SchemaFormatException>(() =>
            Task.Run(() => SchemaDocument.Parse(json, "schema.json")).WaitAsync(Bound, TestContext.Current.CancellationToken));
        return refused.Message;
    }
}
