using EventDriven.Schemas.Model;

namespace EventDriven.Schemas.Reading;

/// <summary>A schema that says nothing but "one of one" or "a reference" is the schema that it names.</summary>
internal static class SchemaSimplification
{
    public static Schema Simplify(Schema schema)
    {
        foreach (var only in Single(schema.AllOf).Concat(Single(schema.AnyOf)).Concat(Single(schema.OneOf)))
        {
            if (schema.Key == new Schema { AllOf = [only] }.Key
                || schema.Key == new Schema { AnyOf = [only] }.Key
                || schema.Key == new Schema { OneOf = [only] }.Key)
            {
                return only;
            }
        }

        return schema;
    }

    private static IEnumerable<Schema> Single(IReadOnlyList<Schema> schemas) => schemas.Count == 1 ? schemas : [];
}
