using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace EventDriven.Messaging.Consumer;

/// <summary>librdkafka's own log lines, as lines of the service.</summary>
internal static partial class KafkaLog
{
    public static void Write(ILogger logger, LogMessage message)
    {
        var level = message.Level switch
        {
            SyslogLevel.Emergency or SyslogLevel.Alert or SyslogLevel.Critical => LogLevel.Critical,
            SyslogLevel.Error => LogLevel.Error,
            SyslogLevel.Warning or SyslogLevel.Notice => LogLevel.Warning,
            SyslogLevel.Info => LogLevel.Information,
            _ => LogLevel.Debug,
        };
        Line(logger, level, message.Facility, message.Message);
    }

    [LoggerMessage(EventId = 390, Message = "Kafka client {Facility}: {Text}")]
    private static partial void Line(ILogger logger, LogLevel level, string facility, string text);
}
