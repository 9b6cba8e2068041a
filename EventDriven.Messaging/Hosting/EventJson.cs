using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace EventDriven.Messaging.Hosting;

/// <summary>JSON of events: by a source-generated context that knows the record, otherwise by reflection.</summary>
[RequiresUnreferencedCode(NoTrimming.Reason)]
[RequiresDynamicCode(NoTrimming.Reason)]
internal sealed class EventJson(IReadOnlyList<JsonSerializerContext> contexts)
{
    private static readonly JsonSerializerOptions Written = Options(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        // As the schema says: the name of an enum's value outlives its number.
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    });

    // A consumer's record declares which members it needs. Data without them is not that event.
    private static readonly JsonSerializerOptions Read = Options(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    });

    /// <summary>Deserializes a consumer's record.</summary>
    public JsonTypeInfo Reading(Type record) => Of(record, Read);

    /// <summary>Serializes a producer's record.</summary>
    public JsonTypeInfo<TEvent> Writing<TEvent>() => (JsonTypeInfo<TEvent>)Of(typeof(TEvent), Written);

    private JsonTypeInfo Of(Type record, JsonSerializerOptions byReflection) =>
        contexts.Select(context => context.GetTypeInfo(record)).FirstOrDefault(found => found is not null)
        ?? (JsonSerializer.IsReflectionEnabledByDefault
            ? byReflection.GetTypeInfo(record)
            : throw new InvalidOperationException(
                $"{record.Name} is in no source-generated context, and this program has no reflection for JSON: add "
                + $"[JsonSerializable(typeof({record.Name}))] to a JsonSerializerContext, and add "
                + ".UseJson(MyContext.Default) to AddMessaging."));

    private static JsonSerializerOptions Options(JsonSerializerOptions options)
    {
        if (JsonSerializer.IsReflectionEnabledByDefault)
        {
            options.TypeInfoResolver = new DefaultJsonTypeInfoResolver();
        }

        return options;
    }
}
