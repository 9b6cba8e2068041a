using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;

namespace EventDriven.Messaging.Contracts.Schemas;

/// <summary>What the exporter leaves out about a type's values.</summary>
internal static class SchemaTypes
{
    private static readonly Dictionary<Type, (JsonNode Least, JsonNode Most)> Integers = new()
    {
        [typeof(sbyte)] = (sbyte.MinValue, sbyte.MaxValue),
        [typeof(byte)] = (byte.MinValue, byte.MaxValue),
        [typeof(short)] = (short.MinValue, short.MaxValue),
        [typeof(ushort)] = (ushort.MinValue, ushort.MaxValue),
        [typeof(int)] = (int.MinValue, int.MaxValue),
        [typeof(uint)] = (uint.MinValue, uint.MaxValue),
        [typeof(long)] = (long.MinValue, long.MaxValue),
        [typeof(ulong)] = (ulong.MinValue, ulong.MaxValue),
    };

    /// <summary>Corrects one node of an exported schema.</summary>
    public static JsonObject Correct(JsonSchemaExporterContext context, JsonObject schema)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        if (type.IsEnum && schema["enum"] is JsonArray names && !schema.ContainsKey("type"))
        {
            schema.Insert(0, "type", names.Any(name => name is null) ? new JsonArray("string", "null") : "string");
        }
        else if (type == typeof(byte[]))
        {
            schema["contentEncoding"] = "base64";
        }
        else if (type == typeof(TimeSpan))
        {
            schema.Remove("$comment");
            schema["format"] = "time-span";
        }
        else if (Integers.TryGetValue(type, out var range))
        {
            // Otherwise a producer's change from int to long would seem harmless to a consumer that reads an int.
            schema["minimum"] = range.Least.DeepClone();
            schema["maximum"] = range.Most.DeepClone();
        }

        if (context.PropertyInfo?.AttributeProvider is PropertyInfo property
            && schema["items"] is JsonObject items
            && ElementMayBeNull(property))
        {
            AdmitNull(items);
        }

        return schema;
    }

    // The exporter does not know whether an element of a reference type may be null.
    private static bool ElementMayBeNull(PropertyInfo property)
    {
        var declared = new NullabilityInfoContext().Create(property);
        var element = declared.ElementType ?? declared.GenericTypeArguments.LastOrDefault();
        return element is { Type.IsValueType: false, ReadState: NullabilityState.Nullable };
    }

    private static void AdmitNull(JsonObject schema)
    {
        if (schema["type"] is JsonValue type)
        {
            schema["type"] = new JsonArray(type.DeepClone(), "null");
        }
    }
}
