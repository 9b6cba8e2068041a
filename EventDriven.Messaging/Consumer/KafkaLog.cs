using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace EventDriven.Messaging.Consumer;

/// <summary>
/// A client's own log lines, as lines of the service. While a broker is away librdkafka repeats itself with each attempt to connect, twenty times a second
/// and more: of each kind (its facility) the first lines of half a minute are written, and then how many were left out.
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
    private readonly Dictionary<string, (long Began, int Lines)> _kinds = new(StringComparer.Ordinal);

    /// <summary>Writes a line, or counts it. Any thread of the client may call it.</summary>
    public void Write(LogMessage message)
    {
        var level = Level(message);
        if (!logger.IsEnabled(level) || IsLeftOut(message, out var before))
        {
            return;
        }

        if (before > 0)
        {
            LeftOut(logger, before, message.Facility);
        }

        Line(logger, level, message.Facility, message.Message);
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
    private bool IsLeftOut(LogMessage message, out int before)
    {
        before = 0;
        lock (_lock)
        {
            if (!_kinds.TryGetValue(message.Facility, out var kind) || time.GetElapsedTime(kind.Began) > Period)
            {
                before = Math.Max(0, kind.Lines - Lines);
                kind = (time.GetTimestamp(), 0);
            }

            kind.Lines++;
            _kinds[message.Facility] = kind;
            return kind.Lines > Lines;
        }
    }

    [LoggerMessage(EventId = 390, Message = "Kafka client {Facility}: {Text}")]
    private static partial void Line(ILogger logger, LogLevel level, string facility, string text);

    [LoggerMessage(391, LogLevel.Warning, "{Count} lines of the Kafka client like the next one ({Facility}) were left out.")]
    private static partial void LeftOut(ILogger logger, int count, string facility);
}
