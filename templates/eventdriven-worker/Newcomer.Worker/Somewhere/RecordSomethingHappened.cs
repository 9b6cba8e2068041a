using EventDriven.Messaging;
using Newcomer.Namespace.Worker.Database;

namespace Newcomer.Namespace.Worker.Somewhere;

/// <summary>Records each happened thing once: what is announced again has no effect.</summary>
internal sealed class RecordSomethingHappened(ArrivalDbContext database) : IEventHandler<SomethingHappened>
{
    public async Task HandleAsync(EventContext<SomethingHappened> context, CancellationToken cancellationToken)
    {
        var happenedOne = HappenedThing.Of(context.Data);
//#if (isPayment)
        if (await database.HappenedThings.FindAsync([happenedOne.SubjectId, happenedOne.ProviderReference], cancellationToken) is null)
//#else
        if (await database.HappenedThings.FindAsync([happenedOne.SubjectId], cancellationToken) is null)
//#endif
        {
            database.HappenedThings.Add(happenedOne);
        }
    }
}
