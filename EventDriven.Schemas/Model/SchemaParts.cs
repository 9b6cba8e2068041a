namespace EventDriven.Schemas.Model;

/// <summary>Takes a schema apart into its assertions. Keywords that need each other stay together.</summary>
internal static class SchemaParts
{
    public static IReadOnlyList<Schema> Of(Schema schema)
    {
        if (schema.IsFalse)
        {
            return [schema];
        }

        return
        [
            .. Scalars(schema), .. Arrays(schema), .. Objects(schema), .. Dependencies(schema),
            .. schema.AllOf.Where(branch => !branch.IsTrue),
            .. Combinations(schema),
        ];
    }

    private static IEnumerable<Schema> Scalars(Schema schema)
    {
        if (schema.Types != JsonTypes.All)
        {
            yield return Schema.OfTypes(schema.Types);
        }

        if (schema.Values is not null)
        {
            yield return new Schema { Values = schema.Values };
        }

        if (schema.Minimum is not null)
        {
            yield return new Schema { Minimum = schema.Minimum };
        }

        if (schema.Maximum is not null)
        {
            yield return new Schema { Maximum = schema.Maximum };
        }

        if (schema.MultipleOf is not null)
        {
            yield return new Schema { MultipleOf = schema.MultipleOf };
        }

        if (schema.MinLength > 0)
        {
            yield return new Schema { MinLength = schema.MinLength };
        }

        if (schema.MaxLength is not null)
        {
            yield return new Schema { MaxLength = schema.MaxLength };
        }

        if (schema.Pattern is not null)
        {
            yield return new Schema { Pattern = schema.Pattern };
        }

        if (schema.Format is not null)
        {
            yield return new Schema { Format = schema.Format };
        }
    }

    private static IEnumerable<Schema> Arrays(Schema schema)
    {
        if (schema.PrefixItems.Count > 0 || schema.Items is not null)
        {
            yield return new Schema { PrefixItems = schema.PrefixItems, Items = schema.Items };
        }

        if (schema.Contains is not null)
        {
            yield return new Schema { Contains = schema.Contains };
        }

        if (schema.MinItems > 0)
        {
            yield return new Schema { MinItems = schema.MinItems };
        }

        if (schema.MaxItems is not null)
        {
            yield return new Schema { MaxItems = schema.MaxItems };
        }

        if (schema.UniqueItems)
        {
            yield return new Schema { UniqueItems = true };
        }
    }

    private static IEnumerable<Schema> Objects(Schema schema)
    {
        if (schema.HasObjectShape)
        {
            yield return new Schema
            {
                Properties = schema.Properties,
                PatternProperties = schema.PatternProperties,
                AdditionalProperties = schema.AdditionalProperties,
            };
        }

        if (schema.PropertyNames is not null)
        {
            yield return new Schema { PropertyNames = schema.PropertyNames };
        }

        if (schema.MinProperties > 0)
        {
            yield return new Schema { MinProperties = schema.MinProperties };
        }

        if (schema.MaxProperties is not null)
        {
            yield return new Schema { MaxProperties = schema.MaxProperties };
        }

        foreach (var name in schema.Required)
        {
            yield return new Schema { Required = [name] };
        }
    }

    private static IEnumerable<Schema> Dependencies(Schema schema)
    {
        foreach (var (name, names) in schema.DependentRequired)
        {
            yield return new Schema { DependentRequired = new Dictionary<string, IReadOnlyList<string>> { [name] = names } };
        }

        foreach (var (name, dependent) in schema.DependentSchemas)
        {
            yield return new Schema { DependentSchemas = new Dictionary<string, Schema> { [name] = dependent } };
        }
    }

    private static IEnumerable<Schema> Combinations(Schema schema)
    {
        if (schema.AnyOf.Count > 0)
        {
            yield return new Schema { AnyOf = schema.AnyOf };
        }

        if (schema.OneOf.Count > 0)
        {
            yield return new Schema { OneOf = schema.OneOf };
        }

        if (schema.Not is not null)
        {
            yield return new Schema { Not = schema.Not };
        }

        if (schema.Conditional is not null)
        {
            yield return new Schema { Conditional = schema.Conditional };
        }
    }
}
