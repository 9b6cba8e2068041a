using Confluent.Kafka;
using EventDriven.Messaging.Operations.Logs;
using EventDriven.Tests.Messaging.Host;

namespace EventDriven.Tests.Messaging.Replay;

/// <summary>What a person sees of the log, and that no group notices.</summary>
public sealed class LogBrowserTests(Servers servers) : IAsyncLifetime
{
    private const int Many = 1_000;

    private LogBrowser _log = null!;
    private string _topic = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _topic = await servers.CreateTopicAsync(2, Token);
        _log = new LogBrowser(servers.Kafka, TimeProvider.System);
    }

    public ValueTask DisposeAsync()
    {
        _log.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_newest_that_match_are_found_newest_first_and_it_is_said_whether_that_is_all()
    {
        await ProduceAsync(Enumerable.Range(1, 20).Select(n => Records.Of(new Noted($"k{n % 4}", n), correlationId: $"c{n % 2}")));

        var all = await FindAsync(_ => true, atMost: 100, maxRead: 100);
        var odd = await FindAsync(logged => logged.CorrelationId == "c1", atMost: 100, maxRead: 100);
        var some = await FindAsync(_ => true, atMost: 5, maxRead: 100);
        var few = await FindAsync(_ => true, atMost: 100, maxRead: 8);

        Assert.Equal((20, 20, true), (all.Events.Count, all.Read, all.IsWhole));
        Assert.Equal(all.Events.Select(logged => logged.Record.Time).OrderDescending(), all.Events.Select(logged => logged.Record.Time));
        Assert.Equal((10, true), (odd.Events.Count, odd.IsWhole));
        Assert.Equal((5, false), (some.Events.Count, some.IsWhole));
        Assert.InRange(few.Read, 1, 8);
        Assert.False(few.IsWhole);
    }

    [Fact]
    public async Task A_topic_that_is_not_there_has_nothing()
    {
        var found = await _log.FindLatestAsync(["nobody-made-this"], _ => true, 10, 10, Token);

        Assert.Equal((0, 0, true), (found.Events.Count, found.Read, found.IsWhole));
        Assert.DoesNotContain("nobody-made-this", await _log.ListTopicsAsync(Token));
        Assert.Contains(_topic, await _log.ListTopicsAsync(Token));
    }

    [Fact]
    public async Task What_can_t_be_read_is_shown_with_what_it_has()
    {
        await ProduceAsync([Records.Unreadable("k")]);

        var logged = Assert.Single((await FindAsync(_ => true, 10, 10)).Events);

        Assert.Equal(("k", null, "no event", null), (logged.Record.Key, logged.Record.Type, logged.Data, logged.CorrelationId));
    }

    [Fact]
    public async Task A_follower_reads_what_is_new_and_passes_over_what_is_too_much()
    {
        await ProduceAsync([Records.Of(new Noted("before", 1))]);
        using var follower = await _log.FollowAsync(_topic, Token);
        await ProduceAsync([Records.Of(new Noted("after", 2))]);

        var seen = new List<LoggedEvent>();
        await Eventually.TrueAsync(() => Read(seen, follower) && seen.Count > 0);
        Assert.Equal("after", Assert.Single(seen).Record.Key);

        await ProduceAsync(Enumerable.Range(1, Many).Select(n => Records.Of(new Noted($"k{n}", n))));
        var (read, passed) = (0L, 0L);
        await Eventually.TrueAsync(() =>
        {
            var portion = follower.Read(atMost: 20);
            Assert.InRange(portion.Events.Count, 0, 20);
            (read, passed) = (read + portion.Events.Count, passed + portion.PassedOver);
            return read + passed == Many;
        });
        Assert.True(passed > 0, "Everything was read.");
    }

    private static bool Read(List<LoggedEvent> seen, LogFollower follower)
    {
        seen.AddRange(follower.Read(100).Events);
        return true;
    }

    private Task<LogFindings> FindAsync(Func<LoggedEvent, bool> matches, int atMost, int maxRead) =>
        _log.FindLatestAsync([_topic], matches, atMost, maxRead, Token);

    private Task ProduceAsync(IEnumerable<Message<byte[], byte[]>> messages) =>
        Records.ProduceAsync(servers.Kafka, _topic, messages, Token);
}
