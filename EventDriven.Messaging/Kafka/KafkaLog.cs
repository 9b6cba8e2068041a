using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace EventDriven.Messaging.Kafka;

/// <summary>
/// A client's own log lines, as lines of the service. While a broker is away librdkafka repeats itself with each attempt to connect, twenty times a second
/// and more: of each kind (facility and level) the first lines of half a minute are written, and before the next one after it how many were left out.
/// What is critical is always written.
/// </summary>
/// <param name="logger">The service's log.</param>
/// <param name="time">Measures the half minute.</param>
internal sealed partial class KafkaLog(ILogger logger, TimeProvider time)
{
    /// <summary>Lines of a kind that are written in a <see cref="Period"/>.</summary>
    public const int Lines = 3;

    /// <summary>After it, lines of a kind are written again.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Facility, LogLevel Level), (long Began, int Lines)> _kinds = [];

    /// <summary>Writes a line, or counts it. Any thread of the client may call it.</summary>
    public void Write(LogMessage message) => Write(Level(message), message.Facility, message.Message);

    /// <summary>Writes or counts an error that a client tells of; it has no line of its own when somebody hears of it.</summary>
    public void Write(IClient client, Error error) =>
        Write(error.IsFatal ? LogLevel.Critical : LogLevel.Error, "ERROR", $"{client.Name}: {error.Reason}");

    private void Write(LogLevel level, string facility, string text)
    {
        if (!logger.IsEnabled(level) || IsLeftOut(facility, level, out var before))
        {
            return;
        }

        if (before > 0)
        {
            LeftOut(logger, before, facility);
        }

        Line(logger, level, facility, text);
    }

    private static LogLevel Level(LogMessage message) => message.Level switch
    {
        SyslogLevel.Emergency or SyslogLevel.Alert or SyslogLevel.Critical => LogLevel.Critical,
        SyslogLevel.Error => LogLevel.Error,
        SyslogLevel.Warning or SyslogLevel.Notice => LogLevel.Warning,
        SyslogLevel.Info => LogLevel.Information,
        _ => LogLevel.Debug,
    };

    /// <summary>Whether enough was written of its kind; <paramref name="before"/> says how many were left out before one that is written.</summary>
    private bool IsLeftOut(string facility, LogLevel level, out int before)
    {
        before = 0;
        if (level == LogLevel.Critical)
        {
            return false;
        }

        lock (_lock)
        {
            if (!_kinds.TryGetValue((facility, level), out var kind) || time.GetElapsedTime(kind.Began) > Period)
            {
                before = Math.Max(0, kind.Lines - Lines);
                kind = (time.GetTimestamp(), 0);
            }

            kind.Lines++;
            _kinds[(facility, level)] = kind;
            return kind.Lines > Lines;
        }
    }

    [LoggerMessage(EventId = 390, Message = "Kafka client {Facility}: {Text}")]
    private static partial void Line(ILogger logger, LogLevel level, string facility, string text);

    [LoggerMessage(391, LogLevel.Warning, "{Count} lines of the Kafka client like the next one ({Facility}) were left out.")]
    private static partial void LeftOut(ILogger logger, int count, string facility);
}
