using System.Diagnostics.Metrics;
using Confluent.Kafka;
using EventDriven.Messaging;
using EventDriven.Messaging.Outbox.Relaying;
using EventDriven.Messaging.Outbox.Writing;
using EventDriven.Messaging.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventDriven.Tests.Messaging.Outbox;

/// <summary>What the relay sends and deletes, and in which order (law L5), against an outbox and a broker in memory.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class OutboxPumpTests : IAsyncDisposable
{
    private static readonly Error Refusal = new(ErrorCode.TopicAuthorizationFailed, "may not");

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly OutboxSignal _signal = new();
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly OutboxAnswers _answers;
    private readonly FakeOutbox _outbox;
    private Task _running = Task.CompletedTask;

    public OutboxPumpTests()
    {
        _answers = new OutboxAnswers(_signal);
        _outbox = new FakeOutbox(_answers);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _running);
        _stop.Dispose();
        _signal.Dispose();
        await _services.DisposeAsync();
    }

    [Fact]
    public async Task What_was_acknowledged_is_deleted()
    {
        _outbox.Add(1, "a");
        _outbox.Add(2, "b");
        Start();

        await Eventually.TrueAsync(() => _outbox.Stored == 0);
        Assert.Equal([1L, 2L], _outbox.Sent.Select(row => row.Sequence));
    }

    [Fact]
    public async Task What_has_no_answer_stays_stored()
    {
        _outbox.Broker = row => row.Key == "silent" ? null : new Error(ErrorCode.NoError);
        _outbox.Add(1, "silent");
        _outbox.Add(2, "b");
        Start();

        await Eventually.TrueAsync(() => _outbox.Stored == 1);
        Assert.Equal(2, _outbox.Sent.Count);
    }

    [Fact]
    public async Task An_event_waits_for_the_answer_to_the_one_before_it_of_its_key()
    {
        _outbox.Broker = _ => null;
        _outbox.Add(1, "a");
        _outbox.Add(2, "b");
        Start(batchSize: 1);
        await Eventually.TrueAsync(() => _outbox.Sent.Count == 2);

        _outbox.Add(3, "a");
        _signal.CommittedHere();
        _answers.Add(FakeOutbox.Row(2, "b"), new Error(ErrorCode.NoError));
        await Eventually.TrueAsync(() => _outbox.Stored == 2);
        Assert.DoesNotContain(_outbox.Sent, row => row.Sequence == 3);

        _answers.Add(FakeOutbox.Row(1, "a"), new Error(ErrorCode.NoError));
        await Eventually.TrueAsync(() => _outbox.Sent.Any(row => row.Sequence == 3));
    }

    [Fact]
    public async Task A_refused_event_holds_up_its_key_and_no_other()
    {
        _outbox.Broker = row => row.Key == "refused" ? Refusal : new Error(ErrorCode.NoError);
        _outbox.Add(1, "refused");
        _outbox.Add(2, "refused");
        _outbox.Add(3, "b");
        Start();

        await Eventually.TrueAsync(() => _outbox.Stored == 2);
        Assert.Contains(_outbox.Sent, row => row.Sequence == 3);

        // In one batch with it, the second has gone to the client before the first was refused, and is refused as well.
        var first = _outbox.Sent.Count;
        await Eventually.TrueAsync(() => _outbox.Sent.Count > first);
        Assert.All(_outbox.Sent.Skip(first), row => Assert.Equal(1, row.Sequence));
    }

    [Fact]
    public async Task A_key_goes_on_in_order_once_its_event_is_no_longer_refused()
    {
        _outbox.Broker = _ => Refusal;
        _outbox.Add(1, "a");
        Start();
        await Eventually.TrueAsync(() => _outbox.Sent.Count > 0);
        _outbox.Add(2, "a");
        _outbox.Broker = _ => new Error(ErrorCode.NoError);

        await Eventually.TrueAsync(() => _outbox.Stored == 0);
        Assert.Equal([1L, 2L], _outbox.Sent.TakeLast(2).Select(row => row.Sequence));
    }

    [Fact]
    public async Task A_stop_deletes_what_was_acknowledged()
    {
        _outbox.Broker = _ => null;
        _outbox.Add(1, "a");
        Start();
        await Eventually.TrueAsync(() => _outbox.Sent.Count == 1);

        await _stop.CancelAsync();
        _answers.Add(FakeOutbox.Row(1, "a"), new Error(ErrorCode.NoError));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _running);
        Assert.Equal(0, _outbox.Stored);
    }

    private void Start(int batchSize = 100)
    {
        var options = new OutboxOptions { BatchSize = batchSize, PollInterval = TimeSpan.FromMilliseconds(100) };
        var metrics = new MessagingMetrics(_services.GetRequiredService<IMeterFactory>());
        var pump = new OutboxPump(_outbox, _outbox, _outbox, _answers, _signal, metrics, TimeProvider.System, options, NullLogger.Instance);
        _running = Task.Run(() => pump.RunAsync(_stop.Token));
    }
}
