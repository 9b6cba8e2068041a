using EventDriven.Messaging;
using EventDriven.Messaging.Operations.DeadLetters;
using EventDriven.Messaging.Storage.DeadLetters;
using EventDriven.Tests.Messaging.Host;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace EventDriven.Tests.Messaging;

/// <summary>How often an event is tried before it becomes a dead letter.</summary>
public sealed class RetryPolicyTests(Servers servers)
{
    private static readonly RetryPolicy Twice = new() { Attempts = 2, FirstDelay = TimeSpan.FromMilliseconds(20) };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_handlers_own_policy_counts_and_what_it_declares_permanent_is_not_tried_again(bool batches)
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 1) with
        {
            Batches = batches,
            Retry = Twice.Permanent<FormatException>(exception => exception.Message == "never"),
            Behaviour = (context, _) => context.Data.Key switch
            {
                "transient" => throw new InvalidOperationException("now"),
                "permanent" => throw new FormatException("never"),
                "of a permanent type" => throw new FormatException("now"),
                _ => Task.CompletedTask,
            },
        };

        var letters = await LettersAsync(options, "transient", "permanent", "of a permanent type", "good");

        Assert.Equal([("of a permanent type", 2), ("permanent", 1), ("transient", 2)], letters.Select(l => (l.Key!, l.Attempts)).Order());
    }

    /// <summary>No policy declares it: no attempt makes a contradiction true, nor a value fit.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_contradicts_and_what_the_database_can_not_hold_is_not_tried_again(bool batches)
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 1) with
        {
            Batches = batches,
            Retry = Twice,
            Behaviour = (context, _) => context.Data.Key switch
            {
                "contradicts" => throw new ContradictoryEventException("number: another one was noted before."),
                "no such character" => throw new DbUpdateException(
                    "", new PostgresException("", "ERROR", "ERROR", PostgresErrorCodes.CharacterNotInRepertoire)),
                "too long" => throw new PostgresException("", "ERROR", "ERROR", PostgresErrorCodes.StringDataRightTruncation),
                "too long for an index" => throw new PostgresException("", "ERROR", "ERROR", PostgresErrorCodes.ProgramLimitExceeded),
                "other rows" => throw new PostgresException("", "ERROR", "ERROR", PostgresErrorCodes.CheckViolation),
                _ => Task.CompletedTask,
            },
        };

        var letters = await LettersAsync(
            options, "contradicts", "no such character", "too long", "too long for an index", "other rows", "good");

        Assert.Equal(
            [
                ("contradicts", 1, DeadLetterReason.Contradictory), ("no such character", 1, DeadLetterReason.Failed),
                ("other rows", 2, DeadLetterReason.Failed),
                ("too long", 1, DeadLetterReason.Failed), ("too long for an index", 1, DeadLetterReason.Failed),
            ],
            letters.Select(l => (l.Key!, l.Attempts, l.Reason)).OrderBy(l => l.Item1, StringComparer.Ordinal));
        Assert.Equal("number: another one was noted before.", letters.Single(l => l.Key == "contradicts").ErrorMessage);
    }

    /// <summary>A handler that doesn't end in time has failed, unlike one that is cancelled because its service stops.</summary>
    [Fact]
    public async Task A_handler_that_takes_too_long_has_failed()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 1) with
        {
            Retry = Twice,
            Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Messaging:Consumer:HandlerTimeout"] = "00:00:02" },
            Behaviour = (context, token) => context.Data.Key == "slow"
                ? Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token)
                : Task.CompletedTask,
        };

        var letter = Assert.Single(await LettersAsync(options, "slow", "good"));

        Assert.Equal(("slow", 2, DeadLetterReason.Failed), (letter.Key, letter.Attempts, letter.Reason));
        Assert.Equal("System.Threading.Tasks.TaskCanceledException", letter.ErrorType);
    }

    /// <summary>The dead letters, when each key's event is one or is applied.</summary>
    private static async Task<IReadOnlyList<DeadLetter>> LettersAsync(NoteServiceOptions options, params string[] keys)
    {
        await using var service = await NoteService.StartAsync(options, Token);
        await Records.ProduceAsync(options.Kafka, options.Topic, keys.Select(key => Records.Of(new Noted(key, 1))), Token);
        await using var database = await options.OpenDatabaseAsync(Token);
        await Eventually.TrueAsync(async () => (await service.EffectsAsync()).Count == 1);
        return await Eventually.GetAsync(
            () => new DeadLetterAdmin(database).ListAsync(new DeadLetterFilter(), includeResolved: false, 10, Token),
            letters => letters.Count == keys.Length - 1);
    }
}
