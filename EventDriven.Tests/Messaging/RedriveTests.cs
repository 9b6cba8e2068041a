using System.Diagnostics;
using EventDriven.Messaging;
using EventDriven.Messaging.Operations.DeadLetters;
using EventDriven.Messaging.Storage.DeadLetters;
using EventDriven.Messaging.Telemetry;
using EventDriven.Tests.Messaging.Host;
using EventDriven.Tests.Services;
using Npgsql;

namespace EventDriven.Tests.Messaging;

/// <summary>What a redrive that doesn't succeed at once leaves behind (laws L5 and L8).</summary>
public sealed class RedriveTests(Servers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A database that is away says nothing about the event: what an operator asked for is done when it is back.</summary>
    [Fact]
    public async Task One_that_the_database_interrupts_counts_no_attempt_and_goes_on()
    {
        var attempts = new MessagingOptions().Retry.Attempts;
        var isBroken = true;
        var interruptions = 0;
        var created = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 1);
        var options = created with
        {
            Behaviour = async (_, token) =>
            {
                if (isBroken)
                {
                    throw new InvalidOperationException("broken");
                }

                if (Interlocked.Increment(ref interruptions) <= attempts + 1)
                {
                    await EndTransactionsAsync(created, token);
                }
            },
        };
        await using var service = await NoteService.StartAsync(options, Token);
        await using var database = await options.OpenDatabaseAsync(Token);
        var admin = new DeadLetterAdmin(database);
        var letter = await ParkedAsync(options, admin);

        isBroken = false;
        await admin.RedriveAsync(new DeadLetterFilter(), "test", TimeProvider.System.GetUtcNow(), Token);

        Assert.Single(await Eventually.GetAsync(service.EffectsAsync, effects => effects.Count == 1));
        Assert.True(Volatile.Read(ref interruptions) > attempts + 1);
        var redriven = await admin.FindAsync(letter, Token);
        Assert.Equal((DeadLetterState.Redriven, attempts), (redriven!.State, redriven.Attempts));
    }

    [Fact]
    public async Task One_that_fails_is_a_red_span_for_each_attempt_and_counted_as_a_dead_letter_again()
    {
        var attempts = new MessagingOptions().Retry.Attempts;
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 1) with
        {
            Behaviour = (_, _) => throw new InvalidOperationException("broken"),
        };
        using var consumed = new Metered("messaging.client.consumed.messages", options.Group!);
        using var deadLetters = new Metered("messaging.dead_letters", options.Group!);
        var failed = 0;
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == MessagingActivity.SourceName,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if (activity.GetTagItem("messaging.destination.name") as string == options.Topic
                    && activity.Status == ActivityStatusCode.Error
                    && activity.GetTagItem("error.type") as string == typeof(InvalidOperationException).FullName)
                {
                    Interlocked.Increment(ref failed);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var service = await NoteService.StartAsync(options, Token);
        await using var database = await options.OpenDatabaseAsync(Token);
        var admin = new DeadLetterAdmin(database);
        var letter = await ParkedAsync(options, admin);
        await Eventually.TrueAsync(() => Volatile.Read(ref failed) == attempts && consumed.Counted == attempts && deadLetters.Counted == 1);

        await admin.RedriveAsync(new DeadLetterFilter(), "test", TimeProvider.System.GetUtcNow(), Token);

        await Eventually.TrueAsync(async () =>
            await admin.FindAsync(letter, Token) is { State: DeadLetterState.Parked } parked && parked.Attempts == 2 * attempts);
        await Eventually.TrueAsync(() =>
            Volatile.Read(ref failed) == 2 * attempts && consumed.Counted == 2 * attempts && deadLetters.Counted == 2);
    }

    /// <summary>As an owner does that stores it while the partition is given to another.</summary>
    [Fact]
    public async Task A_dead_letter_that_another_stored_after_the_partition_was_given_on_is_redriven_too()
    {
        var broken = true;
        var log = new LoggedLines();
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 1) with
        {
            Log = log,
            Behaviour = (_, _) => broken ? throw new InvalidOperationException("broken") : Task.CompletedTask,
        };
        await using var service = await NoteService.StartAsync(options, Token);
        await using var database = await options.OpenDatabaseAsync(Token);
        var admin = new DeadLetterAdmin(database);
        await ParkedAsync(options, admin);
        await HideAsync("hidden");
        await Eventually.TrueAsync(() => log.Lines.Any(line => line.Contains("has no dead letters any more", StringComparison.Ordinal)));
        broken = false;
        await HideAsync(options.Group!);
        await admin.RedriveAsync(new DeadLetterFilter(), "test", TimeProvider.System.GetUtcNow(), Token);

        Assert.Single(await Eventually.GetAsync(service.EffectsAsync, effects => effects.Count > 0));

        async Task HideAsync(string group)
        {
            await using var command = new NpgsqlCommand("UPDATE messaging.dead_letters SET \"group\" = $1", database)
            {
                Parameters = { new() { Value = group } },
            };
            await command.ExecuteNonQueryAsync(Token);
        }
    }

    /// <summary>
    /// Whoever changes several dead letters locks them in one order, or a redrive and the service would wait for one another.
    /// </summary>
    [Fact]
    public async Task An_operator_holds_no_dead_letter_that_stands_behind_the_one_they_wait_for()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 1) with
        {
            Behaviour = (_, _) => throw new InvalidOperationException("broken"),
        };
        await using var database = await options.OpenDatabaseAsync(Token);
        var admin = new DeadLetterAdmin(database);
        await using (await NoteService.StartAsync(options, Token))
        {
            await Records.ProduceAsync(
                options.Kafka, options.Topic, Enumerable.Range(0, 5).Select(n => Records.Of(new Noted($"key-{9 - n}", 1))), Token);
            await Eventually.GetAsync(
                async () => await admin.ListAsync(new DeadLetterFilter(), includeResolved: false, 10, Token), found => found.Count == 5);
        }

        // The first of the log stands last in the table, and by its key.
        await ExecuteAsync(database, "UPDATE messaging.dead_letters SET note = 'moved' WHERE \"offset\" = 0");
        await using var service = await options.OpenDatabaseAsync(Token);
        await using var transaction = await service.BeginTransactionAsync(Token);
        await ExecuteAsync(service, "SELECT FROM messaging.dead_letters WHERE \"offset\" = 0 FOR UPDATE");
        var redrive = admin.RedriveAsync(new DeadLetterFilter(), "test", TimeProvider.System.GetUtcNow(), Token);
        await Eventually.TrueAsync(async () =>
        {
            await using var waits = new NpgsqlCommand(
                $"SELECT wait_event_type = 'Lock' FROM pg_stat_activity WHERE pid = {database.ProcessID}", service);
            return await waits.ExecuteScalarAsync(Token) is true;
        });

        await ExecuteAsync(service, "SELECT FROM messaging.dead_letters WHERE \"offset\" > 0 FOR UPDATE NOWAIT");

        await transaction.CommitAsync(Token);
        Assert.Equal(5, await redrive);
    }

    private static async Task<long> ParkedAsync(NoteServiceOptions options, DeadLetterAdmin admin)
    {
        await Records.ProduceAsync(options.Kafka, options.Topic, [Records.Of(new Noted("a", 1))], Token);
        return Assert.Single(await Eventually.GetAsync(
            async () => await admin.ListAsync(new DeadLetterFilter(), includeResolved: false, 10, Token), found => found.Count == 1)).Id;
    }

    private static async Task ExecuteAsync(NpgsqlConnection database, string sql)
    {
        await using var command = new NpgsqlCommand(sql, database);
        await command.ExecuteNonQueryAsync(Token);
    }

    // The handler's own: it does nothing while the test's behaviour runs.
    private static async Task EndTransactionsAsync(NoteServiceOptions options, CancellationToken cancellationToken)
    {
        await using var database = await options.OpenDatabaseAsync(cancellationToken);
        await using var command = new NpgsqlCommand(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() "
            + "AND state = 'idle in transaction'",
            database);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
