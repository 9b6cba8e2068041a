using EventDriven.Messaging.Consuming;
using EventDriven.Messaging.Consuming.Failing;
using EventDriven.Messaging.Consuming.Handling;

namespace EventDriven.Tests.Messaging.Consuming;

/// <summary>A database in memory that takes no time: what is applied and stored is listed.</summary>
internal sealed class FakeTransaction : IEventTransaction
{
    /// <summary>Fails the events that it is told of; null applies them.</summary>
    public Func<EventAttempt, Exception?> Fails { get; set; } = _ => null;

    /// <summary>Fails the dead letters.</summary>
    public Func<DeadLetterEntry, Exception?> FailsToStore { get; set; } = _ => null;

    /// <summary>What the database answers when it does nothing of its own.</summary>
    public AppliedEvents? Answer { get; set; }

    /// <summary>Whether an operator has given up whatever is to be stored.</summary>
    public bool HasDiscarded { get; set; }

    /// <summary>The offsets of the events that were applied.</summary>
    public List<long> Applied { get; } = [];

    public List<DeadLetterEntry> DeadLetters { get; } = [];

    public int Transactions { get; private set; }

    public Task<AppliedEvents?> ApplyAsync(
        IReadOnlyList<EventAttempt> events,
        IReadOnlyList<DeadLetterEntry> deadLetters,
        IReadOnlyList<SourceRecord> passed,
        CancellationToken cancellationToken)
    {
        Transactions++;
        if (events.Select(Fails).Concat(deadLetters.Select(FailsToStore)).FirstOrDefault(exception => exception is not null) is { } failure)
        {
            return Task.FromException<AppliedEvents?>(failure);
        }

        if (Answer is not null)
        {
            return Task.FromResult<AppliedEvents?>(Answer);
        }

        Applied.AddRange(events.Select(e => e.Source.Offset));
        DeadLetters.AddRange(deadLetters);
        return Task.FromResult<AppliedEvents?>(new AppliedEvents { Fresh = events, Discarded = HasDiscarded ? deadLetters : [] });
    }
}
