using EventDriven.Messaging;

namespace EventDriven.Tests.Messaging.Host;

/// <summary>Writes the effect, then does what the test wants of it.</summary>
internal sealed class NoteHandler(TestDatabase database, NoteBehaviour behaviour) : IEventHandler<Noted>
{
    public async Task HandleAsync(EventContext<Noted> context, CancellationToken cancellationToken)
    {
        database.Effects.Add(new Effect { Key = context.Data.Key, Number = context.Data.Number });
        await database.SaveChangesAsync(cancellationToken);
        await behaviour.Run(context, cancellationToken);
    }
}
