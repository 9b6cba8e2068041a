using Confluent.Kafka;

namespace EventDriven.Messaging.Storage.DeadLetters;

/// <summary>The oldest unresolved dead letter of a key.</summary>
/// <param name="Id">Row.</param>
/// <param name="IsRedriving">Whether its key is redriven: it, or what stands behind it, is marked so.</param>
/// <param name="Offset">Where it stood in its partition.</param>
/// <param name="RecordKey">The record's key.</param>
/// <param name="Data">The record's value.</param>
/// <param name="Headers">The record's headers, see <see cref="StoredHeaders"/>.</param>
/// <param name="Attempts">Attempts so far.</param>
/// <param name="Time">When the fact happened, UTC.</param>
internal sealed record DeadLetterHead(
    long Id, bool IsRedriving, long Offset, byte[]? RecordKey, byte[]? Data, string Headers, int Attempts, DateTimeOffset Time)
{
    /// <summary>The record's key, value, headers and time, as they were read.</summary>
    public Message<byte[], byte[]> Message() => new()
    {
        Key = RecordKey!,
        Value = Data!,
        Headers = StoredHeaders.Read(Headers),
        Timestamp = new Timestamp(Time),
    };
}
