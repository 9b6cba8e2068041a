using Confluent.Kafka;
using EventDriven.Messaging.Storage.Outbox;

namespace EventDriven.Messaging.Outbox.Relaying;

/// <summary>The broker's answer to a row: an acknowledgement, or a refusal if <paramref name="Error"/> is an error.</summary>
internal readonly record struct OutboxAnswer(OutboxRow Row, Error Error);
