using EventDriven.Messaging.Storage.Schema;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;

namespace EventDriven.Messaging.Storage.Outbox;

/// <summary>
/// Maps <see cref="OutboxMessage"/>. Each name is given, so that no naming convention of the service changes it; and the table is left out
/// of the service's migrations, because <see cref="SchemaInstaller"/> makes it.
/// </summary>
internal sealed class OutboxModelConvention : IModelFinalizingConvention
{
    private static readonly (string Property, string Column)[] Columns =
    [
        (nameof(OutboxMessage.Sequence), "sequence"), (nameof(OutboxMessage.Bucket), "bucket"), (nameof(OutboxMessage.EventId), "event_id"),
        (nameof(OutboxMessage.Topic), "topic"), (nameof(OutboxMessage.Key), "key"), (nameof(OutboxMessage.Type), "type"),
        (nameof(OutboxMessage.Time), "time"), (nameof(OutboxMessage.CorrelationId), "correlation_id"),
        (nameof(OutboxMessage.CausationId), "causation_id"), (nameof(OutboxMessage.TraceParent), "trace_parent"),
        (nameof(OutboxMessage.TraceState), "trace_state"), (nameof(OutboxMessage.Data), "data"),
    ];

    public void ProcessModelFinalizing(IConventionModelBuilder modelBuilder, IConventionContext<IConventionModelBuilder> context)
    {
        // What is set through this interface counts as the user's own word, which no convention overrides.
        var model = (IMutableModel)modelBuilder.Metadata;
        var outbox = model.FindEntityType(typeof(OutboxMessage)) ?? model.AddEntityType(typeof(OutboxMessage));
        outbox.SetTableName("outbox");
        outbox.SetSchema(MessagingSchema.Name);
        outbox.SetIsTableExcludedFromMigrations(true);
        foreach (var (name, column) in Columns)
        {
            var property = outbox.FindProperty(name) ?? outbox.AddProperty(name);
            property.SetColumnName(column);
        }

        // The trigger gives both.
        foreach (var given in (string[])[nameof(OutboxMessage.Sequence), nameof(OutboxMessage.Bucket)])
        {
            var property = outbox.FindProperty(given)!;
            property.ValueGenerated = ValueGenerated.OnAdd;
            property.SetDefaultValueSql("0");
        }

        outbox.SetPrimaryKey(outbox.FindProperty(nameof(OutboxMessage.Sequence)));
        outbox.FindPrimaryKey()!.SetName("pk_outbox");
    }
}
