using System.Collections.Concurrent;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace EventDriven.Messaging.Kafka;

/// <summary>
/// Rights that Kafka refuses to this service now, by the resource: a topic or a group. Whoever notes a refusal withdraws it when the
/// resource can be used.
/// </summary>
/// <param name="kafka">Who the service says it is.</param>
/// <param name="logger">Is told of each once, and of its end.</param>
internal sealed partial class BrokerRefusals(KafkaSettings kafka, ILogger<BrokerRefusals> logger)
{
    private readonly ConcurrentDictionary<string, string> _byResource = new(StringComparer.Ordinal);

    // Usually there is none, and every event that is sent asks.
    private volatile bool _any;

    /// <summary>What is refused, each with its remedy.</summary>
    public IReadOnlyCollection<string> All => [.. _byResource.Values.Distinct(StringComparer.Ordinal)];

    /// <summary>Notes an error, if it is the refusal of a right.</summary>
    public void Note(string resource, Error error)
    {
        if (BrokerRefusal.IsOfRight(error.Code) && BrokerRefusal.Describe(error, kafka, resource) is { } refusal
            && _byResource.TryAdd(resource, refusal))
        {
            _any = true;
            Log.Refused(logger, refusal);
        }
    }

    /// <summary>Notes that the resource can be used.</summary>
    public void Withdraw(string resource)
    {
        if (_any && _byResource.TryRemove(resource, out _))
        {
            // Another one may be noted between the look and the note.
            _any = !_byResource.IsEmpty;
            _any = _any || !_byResource.IsEmpty;
            Log.Allowed(logger, resource);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(392, LogLevel.Error, "{Refusal}")]
        public static partial void Refused(ILogger logger, string refusal);

        [LoggerMessage(393, LogLevel.Information, "Kafka allows this service to use '{Resource}' again.")]
        public static partial void Allowed(ILogger logger, string resource);
    }
}
