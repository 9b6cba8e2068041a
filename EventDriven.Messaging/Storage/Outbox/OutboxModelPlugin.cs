using Microsoft.EntityFrameworkCore.Metadata.Conventions;
using Microsoft.EntityFrameworkCore.Metadata.Conventions.Infrastructure;

namespace EventDriven.Messaging.Storage.Outbox;

/// <summary>
/// Puts <see cref="OutboxModelConvention"/> before those that complete the model: they see the outbox, and the context's own code doesn't.
/// </summary>
internal sealed class OutboxModelPlugin : IConventionSetPlugin
{
    public ConventionSet ModifyConventions(ConventionSet conventionSet)
    {
        conventionSet.ModelFinalizingConventions.Insert(0, new OutboxModelConvention());
        return conventionSet;
    }
}
