using System.Text.Json;
using System.Text.Json.Nodes;
using EventDriven.Messaging.Contracts.Examples;
using Json.Schema;

namespace EventDriven.Tests.Gate;

/// <summary>An example is what its schema admits.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class ExampleDataTests
{
    public static TheoryData<string> Contracts =>
        [.. ThisSystem.Contracts.Versions.Select(version => Path.GetRelativePath(ThisSystem.Contracts.Root, version.Path))];

    [Theory]
    [InlineData("""{"type":"string","format":"uuid"}""")]
    [InlineData("""{"type":"string","format":"date-time"}""")]
    [InlineData("""{"type":"string","minLength":12}""")]
    [InlineData("""{"type":"string","maxLength":2}""")]
    [InlineData("""{"type":"string","pattern":"^(?:[A-Z]{3})$"}""")]
    [InlineData("""{"type":"string","pattern":"^(?:a|b)\\d{2,4}[^x]\\.(?:de)?-\\w+$"}""")]
    [InlineData("""{"type":["string","null"],"enum":[null,"red","blue"]}""")]
    [InlineData("""{"const":5}""")]
    [InlineData("""{"type":"integer","minimum":1,"maximum":10000}""")]
    [InlineData("""{"type":"integer","minimum":-5,"maximum":-3}""")]
    [InlineData("""{"type":"integer","exclusiveMinimum":70,"multipleOf":5}""")]
    [InlineData("""{"type":["number","null"],"default":null,"multipleOf":0.01,"minimum":0,"exclusiveMaximum":1000}""")]
    [InlineData("""{"type":"number","multipleOf":0.001,"exclusiveMinimum":0,"exclusiveMaximum":0.01}""")]
    [InlineData("""{"type":"boolean"}""")]
    [InlineData("""{"type":"array","items":{"type":"string","maxLength":3},"minItems":2,"maxItems":3}""")]
    [InlineData("""{"type":"array","maxItems":0}""")]
    [InlineData("""{"type":"object","additionalProperties":{"type":"boolean"},"minProperties":1}""")]
    [InlineData("{}")]
    public void A_schema_admits_its_example(string schema) => AssertAdmitted(schema);

    [Theory]
    [MemberData(nameof(Contracts))]
    public void Every_contract_of_this_system_admits_its_example(string file) =>
        AssertAdmitted(File.ReadAllText(Path.Combine(ThisSystem.Contracts.Root, file)));

    private static void AssertAdmitted(string schema)
    {
        var example = ExampleData.Of(JsonNode.Parse(schema)!.AsObject())?.ToJsonString() ?? "null";
        using var document = JsonDocument.Parse(example);

        Assert.True(
            JsonSchema.FromText(schema).Evaluate(document.RootElement, new EvaluationOptions { RequireFormatValidation = true }).IsValid,
            $"{schema} refuses {example}.");
    }
}
