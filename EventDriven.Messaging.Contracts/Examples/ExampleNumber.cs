using System.Globalization;
using System.Text.Json.Nodes;

namespace EventDriven.Messaging.Contracts.Examples;

/// <summary>A number that a schema admits: the first of some ordinary ones, otherwise one at its limits.</summary>
internal static class ExampleNumber
{
    public static JsonNode Of(JsonObject schema)
    {
        var (least, above) = (Limit(schema, "minimum"), Limit(schema, "exclusiveMinimum"));
        var (most, below) = (Limit(schema, "maximum"), Limit(schema, "exclusiveMaximum"));
        var step = Limit(schema, "multipleOf") ?? (ExampleData.TypeOf(schema) == "integer" ? 1 : 0.01m);
        decimal[] ordinary = [step < 1 ? 19.99m : 2, 1, 0];
        decimal?[] atLimits = [least, above + step, most, below - step];
        return JsonValue.Create(ordinary.Concat(atLimits.OfType<decimal>())
            .FirstOrDefault(value => value >= (least ?? value) && (above is null || value > above)
                && value <= (most ?? value) && (below is null || value < below) && value % step == 0));
    }

    /// <summary>A limit of a schema; null if it has none.</summary>
    public static decimal? Limit(JsonObject schema, string keyword) => schema[keyword] is { } limit
        ? decimal.Parse(limit.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture)
        : null;
}
