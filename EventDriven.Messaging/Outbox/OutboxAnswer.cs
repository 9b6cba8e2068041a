using Confluent.Kafka;

namespace EventDriven.Messaging.Outbox;

/// <summary>The broker's answer to a row: an acknowledgement unless <paramref name="Error"/> says otherwise.</summary>
internal readonly record struct OutboxAnswer(OutboxRow Row, Error Error);
