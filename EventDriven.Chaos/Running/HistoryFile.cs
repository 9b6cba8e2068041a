using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using EventDriven.Chaos.Histories;

namespace EventDriven.Chaos.Running;

/// <summary>A history as JSON lines: what it is of, then each operation, each fault, each mail, and each report of lag, in short.</summary>
internal static class HistoryFile
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Task WriteAsync(string path, History history, CancellationToken cancellationToken) => File.WriteAllLinesAsync(
        path,
        history.Operations.Select(operation => JsonSerializer.Serialize(new { operation }, Format))
            .Concat(history.Faults.Select(fault => JsonSerializer.Serialize(new { fault }, Format)))
            .Concat(history.Mails.Select(mail => JsonSerializer.Serialize(new { mail }, Format)))
            .Concat(history.Lags.Select(reading => JsonSerializer.Serialize(
                new { lag = new { reading.Instance, reading.Lag.MeasuredAt, reading.Lag.Group, reading.Lag.Events, reading.Lag.Seconds } },
                Format)))
            .Prepend(JsonSerializer.Serialize(new { history.Seed, history.Began, history.FaultsEnded }, Format)),
        cancellationToken);
}
