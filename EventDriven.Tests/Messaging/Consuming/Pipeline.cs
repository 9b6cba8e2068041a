using System.Diagnostics.Metrics;
using Confluent.Kafka;
using EventDriven.Messaging;
using EventDriven.Messaging.Consuming;
using EventDriven.Messaging.Consuming.Failing;
using EventDriven.Messaging.Consuming.Handling;
using EventDriven.Messaging.Consuming.Work;
using EventDriven.Messaging.Telemetry;
using EventDriven.Tests.Messaging.Host;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EventDriven.Tests.Messaging.Consuming;

/// <summary>The pipeline of a group of notes, without any server, on a clock that stands still.</summary>
internal sealed class Pipeline : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly EventProcessor _processor;
    private long _offset;

    public Pipeline()
    {
        var group = new ConsumerGroup("notes").From("notes.v1");
        group.Handles<Noted, NoteHandler>(Noted.Type, NotedJson.Default.Noted);
        var metrics = new MessagingMetrics(_services.GetRequiredService<IMeterFactory>());
        var breaker = new CircuitBreaker(group.Name, "notes.v1", Options, Time, NullLogger.Instance);
        Breakers = new GroupCircuitBreakers([breaker]);
        var parking = new Parking(
            group,
            Transaction,
            Breakers,
            findsSuccessAsync: null,
            new UnreadableRecords(Time),
            receipts: null,
            metrics,
            Options.Consumer,
            NullLogger.Instance);
        _processor = new EventProcessor(
            group,
            group.Name,
            Transaction,
            Leases,
            new AlteredEvents(group.Name, metrics, NullLogger.Instance),
            parking,
            receipts: null,
            metrics,
            Time,
            Options,
            NullLogger.Instance);
        Progress = new PartitionProgress(new TopicPartition("notes.v1", 0), Time.GetUtcNow());
    }

    public MessagingOptions Options { get; } = new();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public FakeTransaction Transaction { get; } = new();

    public FakeLeases Leases { get; } = new();

    public GroupCircuitBreakers Breakers { get; }

    public PartitionProgress Progress { get; }

    /// <summary>A note that was written after the partition was assigned, so that nobody can have handled it.</summary>
    public PendingEvent Event(string key) => Event(key, Time.GetUtcNow().AddSeconds(1));

    /// <summary>A note that an owner before this one may have been given.</summary>
    public PendingEvent OldEvent(string key) => Event(key, Time.GetUtcNow().AddSeconds(-1));

    /// <summary>A record that is no event.</summary>
    public PendingEvent Unreadable(string key)
    {
        var item = Event(key);
        item.Record.Message.Headers = [];
        return item;
    }

    public async Task<IReadOnlyList<AttemptOutcome>> AttemptAsync(params PendingEvent[] items) =>
        [.. (await ResultsAsync(items)).Select(result => result.Outcome)];

    public async Task<IReadOnlyList<AttemptResult>> ResultsAsync(params PendingEvent[] items) =>
        (await _processor.AttemptAsync(items)).Results;

    public void Dispose() => _services.Dispose();

    private PendingEvent Event(string key, DateTimeOffset writtenAt)
    {
        var message = Records.Of(new Noted(key, (int)_offset));
        message.Timestamp = new Timestamp(writtenAt);
        var record = new SourceRecord("notes.v1", 0, _offset++, key, message);
        Progress.Start(record.Offset);
        return new PendingEvent(Progress, record, lane: key);
    }
}
