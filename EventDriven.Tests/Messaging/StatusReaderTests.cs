using Confluent.Kafka;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Operations.Databases;
using EventDriven.Messaging.Operations.Status;
using EventDriven.Messaging.Storage.Schema;
using Npgsql;

namespace EventDriven.Tests.Messaging;

/// <summary>The state of the whole system, when one part of it keeps another waiting.</summary>
public sealed class StatusReaderTests(Servers servers)
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_late_reading_of_a_groups_lag_holds_up_neither_this_reading_nor_the_next()
    {
        Assert.SkipWhen(servers.NoKafkaLogOnDisk is not null, "The emulator has no id that lasts.");
        var address = await servers.CreateDatabaseAsync(Token);
        await using var database = NpgsqlDataSource.Create(address);
        await RunAsync(database, MessagingSchema.Script());
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = servers.Kafka }).Build();
        var (cluster, topic) = (await ClusterId.ReadAsync(admin, Token), await servers.CreateTopicAsync(1, Token));
        await RunAsync(
            database,
            $$"""
            INSERT INTO messaging.consumer_groups ("group", cluster, topics, offsets_in_database, inbox_retention_days, started_at)
            VALUES ('notes', '{{cluster}}', '{{{topic}}}', true, 15, now());
            INSERT INTO messaging.consumer_bindings ("group", event_type, since) VALUES ('notes', 'notes.written.v1', now());
            """);
        using var status = new StatusReader([new ServiceDatabase("notesdb", address)], [], servers.Kafka, TimeProvider.System);
        SystemStatus late;
        await using (var locked = await database.OpenConnectionAsync(Token))
        {
            await using var transaction = await locked.BeginTransactionAsync(Token);
            await using var taken = new NpgsqlCommand("LOCK TABLE messaging.consumer_offsets", locked);
            await taken.ExecuteNonQueryAsync(Token);

            late = await status.ReadAsync(Token).WaitAsync(Bound, Token);
        }

        Assert.Contains(late.Parts, part => part.Kind == StatusPartKind.Kafka && part.Level == StatusLevel.Red);
        await Eventually.TrueAsync(async () => (await status.ReadAsync(Token).WaitAsync(Bound, Token)).Parts.Any(
            part => part.Kind == StatusPartKind.Kafka && part.Level == StatusLevel.Green));
    }

    private static async Task RunAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Token);
    }
}
