using System.Collections.Concurrent;
using EventDriven.Messaging;

namespace EventDriven.Tests.Messaging.Privacy;

/// <summary>Notes what it reads; fails while a test wants it to.</summary>
internal sealed class GreetingHandler(GreetingHandler.Notes notes) : IEventHandler<PersonGreeted>
{
    public Task HandleAsync(EventContext<PersonGreeted> context, CancellationToken cancellationToken)
    {
        if (notes.Fails)
        {
            throw new InvalidOperationException("The test wants it.");
        }

        notes.Read.Enqueue(context.Data);
        return Task.CompletedTask;
    }

    /// <summary>What one service's handlers have read, in order.</summary>
    internal sealed class Notes
    {
        public ConcurrentQueue<PersonGreeted> Read { get; } = new();

        public bool Fails { get; set; }
    }
}
