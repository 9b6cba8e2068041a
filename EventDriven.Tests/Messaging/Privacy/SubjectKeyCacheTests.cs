using EventDriven.Messaging;
using EventDriven.Messaging.Privacy;
using EventDriven.Messaging.Privacy.Sealing;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace EventDriven.Tests.Messaging.Privacy;

/// <summary>Keys are fetched once, kept for a while, and never more than so many.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class SubjectKeyCacheTests
{
    private readonly TestKeys _keys = new();
    private readonly FakeTimeProvider _time = new();
    private readonly MessagingOptions _options = new();
    private readonly SubjectKeyCache _cache;

    public SubjectKeyCacheTests() => _cache = new SubjectKeyCache(() => _keys, Options.Create(_options), _time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Those_who_ask_at_once_wait_for_one_fetch()
    {
        var answers = new TaskCompletionSource();
        _keys.Before = _ => answers.Task;
        var id = _keys.Of("ada").Id;

        var asked = Enumerable.Range(0, 20).Select(_ => _cache.FindAsync(id, Token).AsTask()).ToArray();
        answers.SetResult();

        Assert.All(await Task.WhenAll(asked), key => Assert.Equal(id, key!.Id));
        Assert.Equal(1, _keys.Fetched);
    }

    [Fact]
    public async Task Who_waits_no_longer_leaves_the_fetch_to_the_others()
    {
        var answers = new TaskCompletionSource();
        _keys.Before = _ => answers.Task;
        var id = _keys.Of("ada").Id;
        using var impatient = new CancellationTokenSource();

        var first = _cache.FindAsync(id, impatient.Token).AsTask();
        var second = _cache.FindAsync(id, Token).AsTask();
        await impatient.CancelAsync();
        answers.SetResult();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal(id, (await second)!.Id);
        Assert.Equal(1, _keys.Fetched);
    }

    [Fact]
    public async Task A_key_is_fetched_again_after_its_lifetime_and_a_destroyed_one_is_noticed_then()
    {
        var id = _keys.Of("ada").Id;
        await _cache.FindAsync(id, Token);
        _keys.Destroy("ada");

        _time.Advance(_options.SubjectKeys.Lifetime - TimeSpan.FromSeconds(1));
        Assert.NotNull(await _cache.FindAsync(id, Token));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await _cache.FindAsync(id, Token));
        Assert.Equal(2, _keys.Fetched);
    }

    [Fact]
    public async Task A_dropped_person_is_asked_for_again_and_nobody_else()
    {
        var (ada, eve) = (_keys.Of("ada").Id, _keys.Of("eve").Id);
        await _cache.FindAsync(ada, Token);
        await _cache.FindAsync(eve, Token);
        _keys.Destroy("ada");

        _cache.Drop("ada");

        Assert.Null(await _cache.FindAsync(ada, Token));
        Assert.NotNull(await _cache.FindAsync(eve, Token));
        Assert.Equal(3, _keys.Fetched);
    }

    /// <summary>An answer from before the drop must not outlive it.</summary>
    [Fact]
    public async Task What_is_being_fetched_while_a_person_is_dropped_is_not_kept()
    {
        var answers = new TaskCompletionSource();
        _keys.Before = _ => answers.Task;
        var id = _keys.Of("ada").Id;
        var asked = _cache.FindAsync(id, Token).AsTask();

        _cache.Drop("ada");
        answers.SetResult();

        Assert.NotNull(await asked);
        Assert.Equal(0, _cache.Count);
    }

    [Fact]
    public async Task No_more_keys_are_kept_than_there_is_room_for_and_the_oldest_goes_first()
    {
        _options.SubjectKeys.Capacity = 3;
        var ids = Enumerable.Range(0, 5).Select(n => _keys.Of($"person-{n}").Id).ToArray();
        foreach (var id in ids)
        {
            await _cache.FindAsync(id, Token);
        }

        Assert.Equal(3, _cache.Count);
        await _cache.FindAsync(ids[4], Token);
        Assert.Equal(5, _keys.Fetched);
        await _cache.FindAsync(ids[0], Token);
        Assert.Equal(6, _keys.Fetched);
    }

    [Fact]
    public async Task A_failure_is_not_kept_and_tells_why()
    {
        var id = _keys.Of("ada").Id;
        _keys.Before = _ => throw new HttpRequestException("403 (Forbidden)");

        var refused = await Assert.ThrowsAsync<SubjectKeysUnavailableException>(() => _cache.FindAsync(id, Token).AsTask());
        Assert.Contains("403 (Forbidden)", refused.Message, StringComparison.Ordinal);
        Assert.Equal(refused.Message, _cache.Failure);
        _keys.Before = _ => Task.CompletedTask;

        Assert.NotNull(await _cache.FindAsync(id, Token));
        Assert.Null(_cache.Failure);
    }

    [Fact]
    public async Task An_owner_that_does_not_answer_in_time_is_away()
    {
        _keys.Before = cancelled => Task.Delay(Timeout.InfiniteTimeSpan, _time, cancelled);
        var asked = _cache.FindAsync(_keys.Of("ada").Id, Token).AsTask();

        _time.Advance(_options.SubjectKeys.Timeout);

        await Assert.ThrowsAsync<SubjectKeysUnavailableException>(() => asked);
        Assert.Equal(0, _cache.Count);
    }

    [Fact]
    public async Task An_owner_that_let_a_fetch_wait_is_asked_again_after_a_while_and_meanwhile_nobody_waits()
    {
        _options.SubjectKeys.Concurrency = 1;
        _keys.Before = cancelled => Task.Delay(Timeout.InfiniteTimeSpan, _time, cancelled);
        var ids = Enumerable.Range(0, 5).Select(n => _keys.Of($"person-{n}").Id).ToArray();
        var batch = _cache.RingAsync(ids, Token);

        _time.Advance(_options.SubjectKeys.Timeout);
        var ring = await batch;

        Assert.All(ids, id => Assert.Throws<SubjectKeysUnavailableException>(() => ring.Find(id)));
        Assert.Equal(1, _keys.Fetched);
        _keys.Before = _ => Task.CompletedTask;
        await Assert.ThrowsAsync<SubjectKeysUnavailableException>(() => _cache.FindAsync(ids[0], Token).AsTask());
        _time.Advance(_options.SubjectKeys.Timeout);
        Assert.NotNull(await _cache.FindAsync(ids[0], Token));
    }
}
