using System.Text.Json.Nodes;

namespace EventDriven.Tests.Schemas;

/// <summary>
/// Random schemas, changes of them, and values. Each schema says what the properties <c>a</c> and <c>b</c> are, so that neither is new to
/// another one: new properties are the documented deviation from strict containment.
/// </summary>
internal sealed class RandomSchemas(int seed)
{
    private static readonly string[] Types = ["null", "boolean", "integer", "number", "string", "array", "object"];

    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "1", "2", "3", "4.5", "-1", "\"\"", "\"x\"", "\"xy\"", "\"xyz\"",
        "[]", "[1]", "[1,\"x\"]", "[1,1]", "{}",
    ];

    private readonly Random _random = new(seed);

    public JsonObject Schema() => Object(depth: 2);

    /// <summary>A copy in which a keyword somewhere was removed or made anew.</summary>
    public JsonObject Change(JsonObject schema)
    {
        var changed = (JsonObject)schema.DeepClone();
        foreach (var _ in Enumerable.Range(0, 1 + _random.Next(2)))
        {
            ChangeSomewhere(changed);
        }

        return changed;
    }

    public string Value()
    {
        if (_random.Next(3) == 0)
        {
            return Pick(Values);
        }

        string[] names = ["a", "b", "x"];
        return $"{{{string.Join(',', names.Where(_ => _random.Next(3) > 0).Select(name => $"\"{name}\":{Pick(Values)}"))}}}";
    }

    private void ChangeSomewhere(JsonObject schema)
    {
        var inner = schema["properties"]!.AsObject().Select(entry => entry.Value).OfType<JsonObject>().ToList();
        if (_random.Next(3) > 0)
        {
            Add(schema, depth: 2);
        }
        else if (_random.Next(2) == 0 && Keywords(schema) is { Count: > 0 } keys)
        {
            schema.Remove(Pick(keys));
        }
        else if (inner.Count > 0)
        {
            AddScalar(inner[_random.Next(inner.Count)]);
        }
    }

    private static IReadOnlyList<string> Keywords(JsonObject schema) =>
        [.. schema.Select(entry => entry.Key).Where(keyword => keyword != "properties")];

    private JsonObject Object(int depth)
    {
        var schema = new JsonObject { ["properties"] = new JsonObject { ["a"] = Scalar(), ["b"] = Scalar() } };
        foreach (var _ in Enumerable.Range(0, _random.Next(4)))
        {
            Add(schema, depth);
        }

        return schema;
    }

    private void Add(JsonObject schema, int depth)
    {
        switch (_random.Next(depth > 0 ? 20 : 9))
        {
            case 0 or 1:
                schema["type"] = _random.Next(2) == 0 ? "object" : SomeTypes();
                break;
            case 2 or 3:
                schema["required"] = new JsonArray(_random.Next(3) switch { 0 => ["a"], 1 => ["b"], _ => ["a", "b"] });
                break;
            case 4:
                schema["additionalProperties"] = _random.Next(2) == 0 ? false : Scalar();
                break;
            case 5:
                schema["dependentRequired"] = new JsonObject { ["a"] = new JsonArray("b") };
                break;
            case 6:
                schema["maxProperties"] = _random.Next(3);
                break;
            case 7:
                schema["patternProperties"] = new JsonObject { [_random.Next(2) == 0 ? "^x" : "^a"] = Scalar() };
                break;
            case 8:
                schema["propertyNames"] = _random.Next(2) == 0 ? Json("""{"enum":["a","b"]}""") : Json("""{"maxLength":1}""");
                break;
            case 9 or 10:
                schema["anyOf"] = new JsonArray(Object(depth - 1), Object(depth - 1));
                break;
            case 11 or 12:
                schema["oneOf"] = new JsonArray(Object(depth - 1), Object(depth - 1));
                break;
            case 13:
                schema["allOf"] = new JsonArray(Object(depth - 1), Object(depth - 1));
                break;
            case 14:
                schema["not"] = Object(depth - 1);
                break;
            case 15 or 16:
                schema["if"] = Object(depth - 1);
                schema["then"] = Object(depth - 1);
                schema["else"] = Object(depth - 1);
                break;
            case 17:
                schema["dependentSchemas"] = new JsonObject { ["b"] = Object(depth - 1) };
                break;
            case 18:
                schema["unevaluatedProperties"] = _random.Next(2) == 0 ? false : Scalar();
                break;
            default:
                schema["enum"] = new JsonArray(Json(Value()), Json(Value()), Json(Value()));
                break;
        }
    }

    private JsonObject Scalar()
    {
        var schema = new JsonObject();
        foreach (var _ in Enumerable.Range(0, 1 + _random.Next(3)))
        {
            AddScalar(schema);
        }

        return schema;
    }

    private void AddScalar(JsonObject schema)
    {
        var (keyword, value) = _random.Next(18) switch
        {
            0 or 1 or 2 => ("type", SomeTypes()),
            3 => ("minimum", Json($"{_random.Next(4)}")),
            4 => ("exclusiveMaximum", Json($"{_random.Next(1, 5)}")),
            5 => ("multipleOf", Json(Pick(["1", "2", "0.5"]))),
            6 => ("minLength", Json($"{_random.Next(3)}")),
            7 => ("maxLength", Json($"{_random.Next(3)}")),
            8 => ("pattern", Json(Pick(["\"^x\"", "\"y\""]))),
            9 => ("items", Json(Pick(["""{"type":"integer"}""", """{"type":"number"}""", "false"]))),
            10 => ("prefixItems", Json(Pick(["""[{"type":"number"}]""", """[{"const":1},{"type":"string"}]"""]))),
            11 => ("contains", Json(Pick(["""{"type":"integer"}""", """{"const":"x"}"""]))),
            12 => ("minItems", Json($"{_random.Next(3)}")),
            13 => ("maxItems", Json($"{_random.Next(3)}")),
            14 => ("uniqueItems", Json("true")),
            15 => ("enum", new JsonArray(Json(Pick(Values)), Json(Pick(Values)), Json(Pick(Values)))),
            16 => ("const", Json(Pick(Values))),
            _ => ("unevaluatedItems", Json(Pick(["false", """{"type":"integer"}"""]))),
        };
        schema[keyword] = value;
    }

    private JsonArray SomeTypes() => new(
        [.. Types.Where(_ => _random.Next(2) == 0).Append("object").Distinct().Select(type => (JsonNode)type)]);

    private static JsonNode? Json(string json) => JsonNode.Parse(json);

    private T Pick<T>(IReadOnlyList<T> list) => list[_random.Next(list.Count)];
}
