using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace EventDriven.Messaging.Kafka;

/// <summary>
/// Writes a Kafka client's log lines to the service's log. While a broker is away, librdkafka repeats itself with each attempt to connect,
/// 20 times a second or more. Of each kind (facility and level), only the first lines in half a minute are written; the next line after
/// that is preceded by the number left out. Critical lines are always written.
/// </summary>
/// <param name="logger">The service's log.</param>
/// <param name="time">Measures the half minute.</param>
internal sealed partial class KafkaLog(ILogger logger, TimeProvider time)
{
    /// <summary>Number of lines of a kind that are written in a <see cref="Period"/>.</summary>
    public const int Lines = 3;

    /// <summary>Time after which lines of a kind are written again.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Facility, LogLevel Level), (long Began, int Lines)> _kinds = [];

    /// <summary>Writes a line, or counts it. Any thread of the client may call it.</summary>
    public void Write(LogMessage message) => Write(Level(message), message.Facility, message.Message);

    /// <summary>
    /// Writes or counts an error that a client reports. librdkafka writes no line of its own for an error that has a handler.
    /// </summary>
    public void Write(IClient client, Error error) =>
        Write(error.IsFatal ? LogLevel.Critical : LogLevel.Error, "ERROR", $"{client.Name}: {error.Reason}");

    /// <summary>Writes or counts a line of our own about a client.</summary>
    public void Write(LogLevel level, string facility, string text)
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

    /// <summary>
    /// Whether a line is left out because enough of its kind were written; <paramref name="before"/> is the number left out before a line
    /// that is written.
    /// </summary>
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

    [LoggerMessage(391, LogLevel.Warning, "Kafka client lines left out: {Count} like the next one ({Facility}).")]
    private static partial void LeftOut(ILogger logger, int count, string facility);
}
