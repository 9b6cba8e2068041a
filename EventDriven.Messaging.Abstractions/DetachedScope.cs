using EventDriven.Messaging.Privacy;

namespace EventDriven.Messaging;

/// <summary>The scope of an event without a consumer, as in a unit test of a handler.</summary>
internal sealed class DetachedScope(EventEnvelope envelope, Delivery delivery, Action<Action>? onCommitted) : IEventScope
{
    /// <summary>The first attempt at the first event of a partition.</summary>
    public static readonly Delivery FirstDelivery = new(Group: "test", Topic: "test", Partition: 0, Offset: 0, Attempt: 1);

    public EventEnvelope Envelope { get; } = envelope;

    public Delivery Delivery { get; } = delivery;

    public SubjectKey? SubjectKey => null;

    /// <summary>Attributes of a new event that happened now.</summary>
    public static EventEnvelope EnvelopeOf<TEvent>()
    {
        var now = TimeProvider.System.GetUtcNow();
        var id = Guid.CreateVersion7(now).ToString();
        return new EventEnvelope
        {
            Id = id,
            Source = "/test",
            Type = EventName.Find(typeof(TEvent))?.Name ?? typeof(TEvent).Name,
            Subject = "test",
            Time = now,
            CorrelationId = id,
            CausationId = id,
        };
    }

    public IDisposable Enter()
    {
        var left = new Left(CorrelationContext.Current, CorrelationContext.IsOfBatch);
        CorrelationContext.Current = new CorrelationContext(Envelope.CorrelationId, Envelope.DisplayId());
        return left;
    }

    public void OnCommitted(Action action)
    {
        if (onCommitted is null)
        {
            action();
        }
        else
        {
            onCommitted(action);
        }
    }

    /// <summary>Restores the correlation that was current before.</summary>
    private sealed class Left(CorrelationContext? outer, bool isOfBatch) : IDisposable
    {
        public void Dispose()
        {
            CorrelationContext.Current = outer;
            if (isOfBatch)
            {
                CorrelationContext.BeginBatch();
            }
        }
    }
}
