using EventDriven.Messaging;
using Microsoft.EntityFrameworkCore;

namespace EventDriven.Tests.Messaging.Host;

/// <summary>Writes the effects of several events in one statement, then does what the test wants of each.</summary>
internal sealed class NoteBatchHandler(TestDatabase database, IOutbox outbox, NoteBehaviour behaviour) : IEventBatchHandler<Noted>
{
    public async Task HandleAsync(IReadOnlyList<EventContext<Noted>> contexts, CancellationToken cancellationToken)
    {
        var keys = contexts.Select(c => c.Data.Key).ToArray();
        var numbers = contexts.Select(c => c.Data.Number).ToArray();
        await database.Database.ExecuteSqlAsync(
            $"INSERT INTO effects (key, number) SELECT key, number FROM unnest({keys}, {numbers}) AS note (key, number)",
            cancellationToken);
        foreach (var context in contexts)
        {
            await behaviour.Run(context, cancellationToken);
        }

        behaviour.Announce(contexts, outbox);
    }
}
