using System.Collections.Concurrent;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using EventDriven.Messaging.Kafka.Settings;
using Microsoft.Extensions.Logging;

namespace EventDriven.Messaging.Kafka;

/// <summary>
/// Rights that Kafka refuses to this service now, by the resource, a topic or a group, and by what the service wants there. Whoever notes
/// a refusal withdraws it when that succeeds.
/// </summary>
/// <param name="kafka">Who the service says it is.</param>
/// <param name="logger">Is told of each once, and of its end.</param>
internal sealed partial class BrokerRefusals(KafkaSettings kafka, ILogger<BrokerRefusals> logger)
{
    private readonly ConcurrentDictionary<(string Resource, AclOperation Operation), string> _refused = new();

    // Usually there is none, and every event that is sent asks.
    private volatile bool _any;

    /// <summary>What is refused, each with its remedy.</summary>
    public IReadOnlyCollection<string> All => [.. _refused.Values.Distinct(StringComparer.Ordinal)];

    /// <summary>Notes an error, if it is the refusal of a right.</summary>
    public void Note(string resource, AclOperation operation, Error error)
    {
        if (RefusalCodes.IsOfRight(error.Code) && BrokerRefusal.Describe(error, kafka, resource) is { } refusal
            && _refused.TryAdd((resource, operation), refusal))
        {
            _any = true;
            Log.Refused(logger, refusal);
        }
    }

    /// <summary>Notes that the service can read from, or write to, the resource.</summary>
    public void Withdraw(string resource, AclOperation operation)
    {
        if (_any && _refused.TryRemove((resource, operation), out _))
        {
            // Another one may be noted between the look and the note.
            _any = !_refused.IsEmpty;
            _any = _any || !_refused.IsEmpty;
            Log.Allowed(logger, operation, resource);
        }
    }

    /// <summary>Notes that the service can do all that it wants with the resource.</summary>
    public void Withdraw(string resource)
    {
        Withdraw(resource, AclOperation.Read);
        Withdraw(resource, AclOperation.Write);
    }

    private static partial class Log
    {
        [LoggerMessage(392, LogLevel.Error, "{Refusal}")]
        public static partial void Refused(ILogger logger, string refusal);

        [LoggerMessage(393, LogLevel.Information, "Kafka allows this service the operation {Operation} on '{Resource}' again.")]
        public static partial void Allowed(ILogger logger, AclOperation operation, string resource);
    }
}
