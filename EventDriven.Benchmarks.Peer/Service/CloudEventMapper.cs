using System.Text;
using Confluent.Kafka;
using Wolverine;
using Wolverine.Kafka;
using Wolverine.Util;

namespace EventDriven.Benchmarks.Peer.Service;

/// <summary>
/// Only what the benchmark needs: id and body, and the key. The peer's own mapper writes and parses some 18 headers a message; its guide to
/// performance advises one like this.
/// </summary>
internal sealed class CloudEventMapper(Action? received = null) : IKafkaEnvelopeMapper
{
    private const string IdHeader = "ce_id";

    private static readonly string MessageType = typeof(PeerSale).ToMessageTypeName();

    /// <summary>A sale as <see cref="MapIncomingToEnvelope"/> reads it.</summary>
    public static Message<string, byte[]> Message(Guid id, string key, byte[] body) =>
        new() { Key = key, Value = body, Headers = new Headers { { IdHeader, id.ToByteArray() } } };

    public void MapEnvelopeToOutgoing(Envelope envelope, Message<string, byte[]> outgoing)
    {
        outgoing.Key = envelope.PartitionKey ?? envelope.Id.ToString();
        outgoing.Value = envelope.Data ?? [];
        outgoing.Headers = new Headers { { IdHeader, envelope.Id.ToByteArray() } };
        if (envelope.MessageType == Envelope.PingMessageType)
        {
            outgoing.Headers.Add(EnvelopeConstants.MessageTypeKey, Encoding.UTF8.GetBytes(Envelope.PingMessageType));
        }
    }

    public void MapIncomingToEnvelope(Envelope envelope, Message<string, byte[]> incoming)
    {
        received?.Invoke();
        envelope.Id = new Guid(incoming.Headers.GetLastBytes(IdHeader));
        envelope.MessageType = incoming.Headers.TryGetLastBytes(EnvelopeConstants.MessageTypeKey, out _)
            ? Envelope.PingMessageType
            : MessageType;
        envelope.ContentType = EnvelopeConstants.JsonContentType;
        envelope.Data = incoming.Value;
    }
}
