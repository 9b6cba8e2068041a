using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using EventDriven.Messaging.Validation;

namespace EventDriven.Messaging.Contracts.Schemas;

/// <summary>Makes JSON Schema 2020-12 from records with System.Text.Json's exporter.</summary>
internal static class RecordSchema
{
    /// <summary>The dialect of every schema.</summary>
    public const string Dialect = "https://json-schema.org/draft/2020-12/schema";

    /// <summary>Says of a member that it is sealed on the topic.</summary>
    public const string PersonalData = "x-personal-data";

    /// <summary>
    /// What a producer promises: its record with descriptions from doc comments, the rules of its validation attributes,
    /// <c>deprecated</c>, <c>x-personal-data</c> and <c>x-data-subject</c>.
    /// </summary>
    /// <param name="record">The producer's record.</param>
    /// <param name="docs">Doc comments of its assembly.</param>
    public static JsonObject OfProducer(Type record, DocComments docs)
    {
        var schema = new JsonObject { ["$schema"] = Dialect, ["title"] = record.Name };
        if (docs.Summary(record) is { } summary)
        {
            schema["description"] = summary;
        }

        if (record.IsDefined(typeof(ObsoleteAttribute)))
        {
            schema["deprecated"] = true;
        }

        Append(schema, Export(RecordJson.Describe(record), (context, node) => Promise(context, node, docs)));
        return schema;
    }

    /// <summary>
    /// What a consumer binds: names, types, what is required, what may be null and what it opens (<c>x-personal-data</c>), without
    /// descriptions and rules.
    /// </summary>
    public static JsonObject OfConsumer(Type record)
    {
        var schema = new JsonObject { ["$schema"] = Dialect, ["title"] = record.Name };
        Append(schema, Export(RecordJson.Describe(record), (context, node) => Bound(context, node)));
        return schema;
    }

    private static JsonNode Export(JsonTypeInfo type, Func<JsonSchemaExporterContext, JsonNode, JsonNode> transform) =>
        type.GetJsonSchemaAsNode(new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = transform });

    private static JsonObject Bound(JsonSchemaExporterContext context, JsonNode node)
    {
        var schema = SchemaTypes.Correct(context, AsObject(node));
        if (context.PropertyInfo is { AttributeProvider: PropertyInfo member }
            && DeclaredRules.Attributes(member).OfType<PersonalDataAttribute>().Any())
        {
            schema[PersonalData] = true;
        }

        return schema;
    }

    private static JsonObject Promise(JsonSchemaExporterContext context, JsonNode node, DocComments docs)
    {
        var schema = SchemaTypes.Correct(context, AsObject(node));
        if (context.PropertyInfo is not { AttributeProvider: PropertyInfo member })
        {
            return schema;
        }

        var attributes = DeclaredRules.Attributes(member).ToList();
        var isPersonal = attributes.OfType<PersonalDataAttribute>().Any();
        if (!isPersonal)
        {
            // Rules are about the text, but what is on the topic is sealed, and longer.
            SchemaRules.Add(schema, attributes.OfType<ValidationAttribute>());
        }

        if (docs.Summary(member) is { } summary)
        {
            schema.Insert(0, "description", summary);
        }

        if (member.IsDefined(typeof(ObsoleteAttribute)))
        {
            schema["deprecated"] = true;
        }

        if (isPersonal)
        {
            schema[PersonalData] = true;
        }

        if (attributes.OfType<DataSubjectAttribute>().Any())
        {
            schema["x-data-subject"] = true;
        }

        return schema;
    }

    // "true" admits anything, as an object without keywords does, which can be described.
    private static JsonObject AsObject(JsonNode node) => node as JsonObject ?? [];

    private static void Append(JsonObject schema, JsonNode exported)
    {
        foreach (var (keyword, value) in exported.AsObject().ToList())
        {
            schema[keyword] = value?.DeepClone();
        }

        NameProperties(schema);
    }

    private static void NameProperties(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject schema:
                if (schema["properties"] is JsonObject properties)
                {
                    var named = properties
                        .Select(property => KeyValuePair.Create(RecordJson.NameOf(property.Key), property.Value))
                        .ToList();
                    properties.Clear();
                    named.ForEach(properties.Add);
                }

                foreach (var (_, inner) in schema)
                {
                    NameProperties(inner);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    NameProperties(item);
                }

                break;
        }
    }
}
