using EventDriven.Messaging.Privacy;

namespace EventDriven.Messaging;

/// <summary>What an <see cref="EventContext{TEvent}"/> knows of its event apart from the data.</summary>
internal interface IEventScope
{
    EventEnvelope Envelope { get; }

    Delivery Delivery { get; }

    /// <summary>See <see cref="EventContext{TEvent}.SubjectKey"/>.</summary>
    SubjectKey? SubjectKey { get; }

    /// <summary>See <see cref="EventContext{TEvent}.Enter"/>.</summary>
    IDisposable Enter();

    /// <summary>See <see cref="EventContext{TEvent}.OnCommitted"/>.</summary>
    void OnCommitted(Action action);
}
