using System.Diagnostics;
using Confluent.Kafka;
using EventDriven.Messaging.Events;
using EventDriven.Messaging.Telemetry;

namespace EventDriven.Messaging.Outbox;

/// <summary>Sends rows in their order and waits until the broker has answered for each.</summary>
internal sealed class OutboxBatch(IProducer<byte[], byte[]> producer, TimeProvider time)
{
    // librdkafka's queue is bounded; while it is full the relay waits for the broker.
    private static readonly TimeSpan QueueFullWait = TimeSpan.FromMilliseconds(100);

    // On a stop, answers that are on their way are awaited, so that their rows needn't be sent again.
    private static readonly TimeSpan LastAnswers = TimeSpan.FromSeconds(2);

    /// <summary>Sends the rows; what the broker has neither acknowledged nor refused is in neither list.</summary>
    public async Task<OutboxAnswers> SendAsync(IReadOnlyList<OutboxRow> rows, CancellationToken cancellationToken)
    {
        var answers = new OutboxAnswers(rows.Count);
        foreach (var row in rows)
        {
            Enqueue(row, answers, cancellationToken);
        }

        await answers.All.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (cancellationToken.IsCancellationRequested)
        {
            await answers.All.WaitAsync(LastAnswers, time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return answers;
    }

    private void Enqueue(OutboxRow row, OutboxAnswers answers, CancellationToken cancellationToken)
    {
        // What comes behind a refused row of its key must stay behind it.
        if (answers.RefusalOf(row.Envelope.Subject) is { } refusal)
        {
            answers.Add(row, refusal);
            return;
        }

        var activity = MessagingActivity.StartSend(row.Topic, row.Envelope, row.Data.Length);
        var envelope = activity is null
            ? row.Envelope
            : row.Envelope with { TraceParent = activity.Id, TraceState = activity.TraceStateString };
        var message = KafkaBinding.Write(envelope, row.Data);
        while (!TryProduce(row, message, activity, answers))
        {
            cancellationToken.ThrowIfCancellationRequested();
            producer.Flush(QueueFullWait);
        }

        // The span ends with the answer; it must not become the parent of the next row's.
        Activity.Current = null;
    }

    /// <summary>False when the producer's queue is full.</summary>
    private bool TryProduce(OutboxRow row, Message<byte[], byte[]> message, Activity? activity, OutboxAnswers answers)
    {
        try
        {
            producer.Produce(row.Topic, message, report =>
            {
                activity?.SetTag("messaging.destination.partition.id", report.Partition.Value.ToString());
                activity?.SetTag("messaging.kafka.offset", report.Offset.Value);
                Answer(row, report.Error, activity, answers);
            });
            return true;
        }
        catch (ProduceException<byte[], byte[]> exception) when (exception.Error.Code == ErrorCode.Local_QueueFull)
        {
            return false;
        }
        catch (ProduceException<byte[], byte[]> exception)
        {
            Answer(row, exception.Error, activity, answers);
            return true;
        }
    }

    private static void Answer(OutboxRow row, Error error, Activity? activity, OutboxAnswers answers)
    {
        if (error.IsError)
        {
            activity?.SetStatus(ActivityStatusCode.Error, error.Reason).SetTag("error.type", error.Code.ToString());
        }

        activity?.Dispose();
        answers.Add(row, error);
    }
}
