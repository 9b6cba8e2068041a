using System.Diagnostics.Metrics;
using System.Text;
using Confluent.Kafka;
using EventDriven.Messaging;
using EventDriven.Messaging.Consuming;
using EventDriven.Messaging.Consuming.Failing;
using EventDriven.Messaging.Consuming.Handling;
using EventDriven.Messaging.Events;
using EventDriven.Messaging.Hosting;
using EventDriven.Messaging.Privacy;
using EventDriven.Messaging.Privacy.Sealing;
using EventDriven.Messaging.Storage.DeadLetters;
using EventDriven.Messaging.Telemetry;
using EventDriven.Tests.Messaging.Host;
using EventDriven.Tests.Messaging.Privacy;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventDriven.Tests.Fuzz;

/// <summary>A record of Kafka is read as an event or refused as unreadable, whatever it holds, and can be kept as a dead letter.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class EnvelopeFuzzTests : IDisposable
{
    private const string Topic = "notes.v1";

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly SubjectKey Key =
        new(new Guid("0190a1b2-0000-7000-8000-00000000000a"), "ada", [.. Enumerable.Range(0, SubjectKey.Size).Select(i => (byte)i)]);

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly EventReader _reader;

    public EnvelopeFuzzTests()
    {
        var group = new ConsumerGroup("notes").From(Topic);
        var json = new EventJson([NotedJson.Default]);
        group.Handles<Noted, NoteHandler>(Noted.Type, NotedJson.Default.Noted);
        group.Handles<PersonGreeted, GreetingHandler>(
            GreetedPerson.Name, (System.Text.Json.Serialization.Metadata.JsonTypeInfo<PersonGreeted>)json.Reading(typeof(PersonGreeted)));
        _reader = new EventReader(
            group, new MessagingMetrics(_services.GetRequiredService<IMeterFactory>()), NullLogger.Instance);
    }

    [Fact]
    public Task In_binary_mode() => FuzzRun.RunAsync(12_000, fuzz => Read(fuzz, fuzz.BinaryRecord(Valid(fuzz))));

    [Fact]
    public Task In_structured_mode() => FuzzRun.RunAsync(8_000, fuzz => Read(fuzz, fuzz.StructuredRecord(Valid(fuzz))));

    public void Dispose() => _services.Dispose();

    private static Message<byte[], byte[]> Valid(FuzzCase fuzz) => fuzz.Chance(50)
        ? RecordMutations.Valid(Noted.Type, "key", """{"key":"key","number":7,"text":"once"}""")
        : RecordMutations.Valid(
            GreetedPerson.Name,
            "ada",
            $$"""{"person":"ada","number":7,"email":"{{Key.Seal("test.people.person-greeted/email", "ada@example.org")}}"}""");

    private void Read(FuzzCase fuzz, Message<byte[], byte[]> message)
    {
        fuzz.Says(RecordMutations.Shown(message));
        var record = new SourceRecord(Topic, 0, fuzz.Number, message.Key is { } key ? LaneKey.Of(key) : null, message);
        _ = KafkaBinding.TimeOf(message);
        Exception? refusal = null;
        try
        {
            _ = _reader.Read(record, 0, Keys(message)) is { } attempt
                ? MessagingActivity.StartProcess(attempt.Delivery, attempt.Envelope, 1)
                : null;
        }
        catch (UnreadableEventException exception)
        {
            Assert.NotEmpty(exception.Message);
            refusal = exception;
        }

        IsStorable(new DeadLetterEntry(record, DeadLetterReason.Unreadable, refusal).Row("notes", "cluster", DateTimeOffset.UnixEpoch));
    }

    private static SubjectKeyRing Keys(Message<byte[], byte[]> message)
    {
        var ids = new HashSet<Guid>();
        PersonalRecord.AddKeyIds(message.Value, ids);
        var keys = new SubjectKeyRing(ids.Count);
        foreach (var id in ids)
        {
            if (id == Key.Id)
            {
                keys.Add(id, Key);
            }
            else
            {
                keys.Add(id, new KeyNotFoundException());
            }
        }

        return keys;
    }

    // PostgreSQL's text has no NUL and no half of a surrogate pair.
    private static void IsStorable(DeadLetter row)
    {
        foreach (var text in (string?[])[row.Key, row.EventId, row.Source, row.Type, row.Headers, row.ErrorMessage, row.ErrorStack])
        {
            Assert.DoesNotContain('\0', text ?? "");
            _ = StrictUtf8.GetByteCount(text ?? "");
        }
    }
}
