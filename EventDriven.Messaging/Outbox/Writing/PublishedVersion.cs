using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EventDriven.Messaging.Contracts;
using EventDriven.Messaging.Privacy.Sealing;
using EventDriven.Messaging.Validation;

namespace EventDriven.Messaging.Outbox.Writing;

/// <summary>A major version of an event, as a service publishes it.</summary>
/// <param name="Type">CloudEvents <c>type</c>.</param>
/// <param name="Topic">Topic that it is sent to.</param>
/// <param name="Serialize">Its data, made from the record that is added to the outbox; if its schema admits it.</param>
/// <param name="Contract">The latest minor version of its contract; null if the record's assembly carries none.</param>
internal sealed record PublishedVersion(string Type, Topic Topic, Func<object, byte[]> Serialize, EmbeddedContract? Contract)
{
    /// <summary>What of it is sealed; null if nothing is.</summary>
    public PersonalRecord? Personal { get; init; }

    /// <summary>Made by its record's JSON.</summary>
    /// <param name="type">CloudEvents <c>type</c>.</param>
    /// <param name="topic">Topic that it is sent to.</param>
    /// <param name="json">Writes the version's record.</param>
    /// <param name="convert">Makes that record from the one that is added to the outbox.</param>
    [RequiresUnreferencedCode(NoTrimming.Reason)]
    [RequiresDynamicCode(NoTrimming.Reason)]
    public static PublishedVersion Create<TVersion>(string type, Topic topic, JsonTypeInfo<TVersion> json, Func<object, TVersion> convert)
        where TVersion : notnull
    {
        var checks = RecordChecks.OfWritten<TVersion>(json.Options.PropertyNamingPolicy);
        return new PublishedVersion(
            type, topic, added => Write(type, convert(added), json, checks), EmbeddedContract.Latest(typeof(TVersion).Assembly, type))
        {
            Personal = PersonalRecord.Of(typeof(TVersion), json.Options.PropertyNamingPolicy, isRead: false),
        };
    }

    private static byte[] Write<TVersion>(string type, TVersion @event, JsonTypeInfo<TVersion> json, ValueCheck<TVersion>? checks) =>
        checks?.Find(@event) is { } refusal
            ? throw new InvalidOperationException($"'{type}' is not what its schema admits, and is not announced: {refusal}")
            : JsonSerializer.SerializeToUtf8Bytes(@event, json);
}
