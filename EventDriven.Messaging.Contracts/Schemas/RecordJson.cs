using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace EventDriven.Messaging.Contracts.Schemas;

/// <summary>
/// How a record's JSON is described: with the names and converters of the source-generated context that knows it, otherwise with
/// <see cref="JsonSerializerDefaults.Web"/>; strict about what is required and what may be null.
/// </summary>
internal static class RecordJson
{
    // No name of a property begins with it.
    private const string Apart = "~";

    /// <summary>The name of a property in the data.</summary>
    public static string NameOf(string property) =>
        property.StartsWith(Apart, StringComparison.Ordinal) ? property[Apart.Length..] : property;

    /// <summary>The record's type information, without what <see cref="System.Text.Json.Schema.JsonSchemaExporter"/> trips over.</summary>
    public static JsonTypeInfo Describe(Type record)
    {
        var options = Context(record) is { } context
            ? new JsonSerializerOptions(context.Options)
            : new JsonSerializerOptions(JsonSerializerDefaults.Web)
            {
                Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
            };
        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { DropUnwritableDefaults, KnowNullOfGetters } };
        options.NumberHandling = JsonNumberHandling.Strict;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        return options.GetTypeInfo(record);
    }

    private static JsonSerializerContext? Context(Type record)
    {
        var context = record.Assembly.GetTypes().FirstOrDefault(type => type.IsSubclassOf(typeof(JsonSerializerContext))
            && type.GetCustomAttributesData().Any(attribute =>
                attribute.AttributeType == typeof(JsonSerializableAttribute) && attribute.ConstructorArguments[0].Value as Type == record));
        return (JsonSerializerContext?)context?.GetProperty("Default", BindingFlags.Public | BindingFlags.Static)?.GetValue(obj: null);
    }

    // The exporter serializes a parameter's default value. That of a struct (Guid id = default) is null in the metadata, and throws. A
    // property of another name is not matched with the parameter, and so has no default.
    private static void DropUnwritableDefaults(JsonTypeInfo type)
    {
        for (var i = 0; i < type.Properties.Count; i++)
        {
            var property = type.Properties[i];
            if (property is { AssociatedParameter: { HasDefaultValue: true, DefaultValue: null }, PropertyType.IsValueType: true }
                && Nullable.GetUnderlyingType(property.PropertyType) is null)
            {
                var plain = type.CreateJsonPropertyInfo(property.PropertyType, Apart + property.Name);
                plain.AttributeProvider = property.AttributeProvider;
                plain.Get = property.Get;
                plain.Set = (_, _) => { };
                plain.CustomConverter = property.CustomConverter;
                type.Properties[i] = plain;
            }
        }
    }

    // A property without a setter is never read, so the exporter takes null for possible whatever the getter declares.
    private static void KnowNullOfGetters(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(p => p is { Set: null, AssociatedParameter: null, IsGetNullable: false }))
        {
            property.IsSetNullable = false;
        }
    }
}
