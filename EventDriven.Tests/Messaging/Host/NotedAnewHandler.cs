using EventDriven.Messaging;

namespace EventDriven.Tests.Messaging.Host;

/// <summary>The same effect as that of <see cref="NoteHandler"/>, from the next major version.</summary>
internal sealed class NotedAnewHandler(TestDatabase database) : IEventHandler<NotedAnew>
{
    public async Task HandleAsync(EventContext<NotedAnew> context, CancellationToken cancellationToken)
    {
        database.Effects.Add(new Effect { Key = context.Data.Key.Value, Number = context.Data.Number });
        await database.SaveChangesAsync(cancellationToken);
    }
}
