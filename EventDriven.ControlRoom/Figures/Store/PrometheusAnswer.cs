using System.Globalization;
using System.Text.Json;

namespace EventDriven.ControlRoom.Figures.Store;

/// <summary>
/// An answer of Prometheus's HTTP API, version 1:
/// <c>{"status":"success","data":{"resultType":"matrix","result":[{"metric":{…},"values":[[1.5,"2"],…]}]}}</c>.
/// </summary>
internal sealed record PrometheusAnswer(string? Status, PrometheusAnswer.AnswerData? Data, string? Error)
{
    private const string Success = "success";
    private const string Matrix = "matrix";

    /// <summary>Reads the series of an answer.</summary>
    /// <param name="json">The answer, in UTF-8.</param>
    /// <exception cref="JsonException">It isn't an answer to a range query.</exception>
    public static IReadOnlyList<StoredSeries> Series(ReadOnlySpan<byte> json)
    {
        var answer = JsonSerializer.Deserialize<PrometheusAnswer>(json, JsonSerializerOptions.Web);
        return answer is { Status: Success, Data: { ResultType: Matrix, Result: { } result } }
            ? [.. result.Select(Of)]
            : throw new JsonException("The answer has no matrix.");
    }

    /// <summary>The reason that a refusal gives; null when it gives none.</summary>
    /// <param name="json">The answer, in UTF-8.</param>
    public static string? Reason(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<PrometheusAnswer>(json, JsonSerializerOptions.Web)?.Error;
        }
        catch (JsonException)
        {
            // A proxy's page.
            return null;
        }
    }

    private static StoredSeries Of(AnswerSeries? series) => new(
        series?.Metric ?? throw new JsonException("A series has no labels."),
        [.. (series.Values ?? throw new JsonException("A series has no values.")).Select(Of)]);

    private static (double Time, double Value) Of(IReadOnlyList<JsonElement>? sample) =>
        sample is [{ ValueKind: JsonValueKind.Number } time, { ValueKind: JsonValueKind.String } value]
            ? (time.GetDouble(), Number(value.GetString()!))
            : throw new JsonException("A sample is not a time and a value.");

    private static double Number(string text) => text switch
    {
        "NaN" => double.NaN,
        "+Inf" or "Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new JsonException("A value is not a number."),
    };

    internal sealed record AnswerData(string? ResultType, IReadOnlyList<AnswerSeries?>? Result);

    internal sealed record AnswerSeries(
        IReadOnlyDictionary<string, string>? Metric, IReadOnlyList<IReadOnlyList<JsonElement>?>? Values);
}
