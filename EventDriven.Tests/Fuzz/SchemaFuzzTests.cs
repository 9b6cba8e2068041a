using System.Text;
using EventDriven.Cli.Contracts;
using EventDriven.Schemas;

namespace EventDriven.Tests.Fuzz;

/// <summary>Schemas are compared, or refused as none, whatever is in their files.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class SchemaFuzzTests
{
    private const string Unusual =
        """
        {"$defs":{"a":{"type":["string","null"],"minLength":1,"pattern":"^[a-z]+$"},"b":{"$anchor":"b","enum":[1,"x",null,{"k":[1.0]}]}},
        "type":"object","properties":{"a":{"$ref":"#/$defs/a"},"b":{"$ref":"#b"},"c":{"type":"array","prefixItems":[true],"items":{"type":
        "number","minimum":0,"exclusiveMaximum":1e3,"multipleOf":0.01},"contains":{"const":1},"minContains":1,"uniqueItems":true}},
        "required":["a"],"dependentRequired":{"a":["b"]},"patternProperties":{"^x-":{"type":"string"}},"propertyNames":{"maxLength":9},
        "if":{"required":["b"]},"then":{"required":["c"]},"else":false,"anyOf":[{"minProperties":1},{"not":{"type":"array"}}],
        "unevaluatedProperties":false}
        """;

    private static readonly string[] Valid =
    [
        Unusual,
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "contracts"), "*.json", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).Select(File.ReadAllText),
    ];

    [Fact]
    public async Task A_schema_is_compared_or_refused()
    {
        var output = Console.Out;
        Console.SetOut(TextWriter.Null);
        try
        {
            await FuzzRun.RunAsync(5_000, Compare);
        }
        finally
        {
            Console.SetOut(output);
        }
    }

    private static void Compare(FuzzCase fuzz)
    {
        var valid = fuzz.Pick(Valid);
        var old = SchemaDocument.Parse(Encoding.UTF8.GetBytes(valid), "old.json");
        SchemaDocument updated;
        try
        {
            updated = SchemaDocument.Parse(fuzz.Says(fuzz.Json(valid)), "new.json");
        }
        catch (SchemaFormatException exception)
        {
            Assert.StartsWith("new.json: ", exception.Message, StringComparison.Ordinal);
            return;
        }

        DiffPrint.Print(SchemaDiff.Of(updated, [old], "full"), asJson: fuzz.Chance(50));
        DiffPrint.Print(SchemaDiff.Of(old, [updated], "full"), asJson: fuzz.Chance(50));
    }
}
