using System.Diagnostics;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using EventDriven.Messaging.Events;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Storage.Outbox;
using EventDriven.Messaging.Telemetry;

namespace EventDriven.Messaging.Outbox.Relaying;

/// <summary>Hands rows to the producer, which sends them in this order.</summary>
internal sealed class OutboxSender(
    IProducer<byte[], byte[]> producer, DataSchemas schemas, OutboxAnswers answers, BrokerRefusals refusals) : IOutboxSender
{
    // librdkafka's queue is bounded. While it is full, the relay waits for the broker.
    private static readonly TimeSpan QueueFullWait = TimeSpan.FromMilliseconds(100);

    /// <inheritdoc/>
    public void Send(OutboxRecord record, CancellationToken cancellationToken)
    {
        var row = record.Row;
        var activity = MessagingActivity.StartSend(row.Topic, record.Envelope, row.Bytes);
        var envelope = activity is null
            ? record.Envelope
            : record.Envelope with { TraceParent = activity.Id, TraceState = activity.TraceStateString };
        var message = KafkaBinding.Write(envelope, record.Data, schemas.Of(envelope.Type));
        try
        {
            while (!TryProduce(row, message, activity))
            {
                cancellationToken.ThrowIfCancellationRequested();
                producer.Flush(QueueFullWait);
            }
        }
        catch (ProduceException<byte[], byte[]> exception)
        {
            Answer(row, exception.Error, activity);
        }
        finally
        {
            if (activity is not null)
            {
                // The span ends with the answer. It must not become the parent of the next row's span.
                Activity.Current = null;
            }
        }
    }

    /// <summary>False if the producer's queue is full.</summary>
    private bool TryProduce(OutboxRow row, Message<byte[], byte[]> message, Activity? activity)
    {
        try
        {
            producer.Produce(row.Topic, message, report =>
            {
                activity?.SetTag("messaging.destination.partition.id", report.Partition.Value.ToString());
                activity?.SetTag("messaging.kafka.offset", report.Offset.Value);
                Answer(row, report.Error, activity);
            });
            return true;
        }
        catch (ProduceException<byte[], byte[]> exception) when (exception.Error.Code == ErrorCode.Local_QueueFull)
        {
            return false;
        }
    }

    private void Answer(OutboxRow row, Error error, Activity? activity)
    {
        if (error.IsError)
        {
            activity?.SetStatus(ActivityStatusCode.Error, error.Reason).SetTag("error.type", error.Code.ToString());
            refusals.Note(row.Topic, AclOperation.Write, error);
        }
        else
        {
            refusals.Withdraw(row.Topic, AclOperation.Write);
        }

        activity?.Dispose();
        answers.Add(row, error);
    }
}
