using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace EventDriven.Messaging;

/// <summary>
/// What tells one event from all others: its source and its id together (CloudEvents 1.0, <c>id</c>). Both are strings of any length, so
/// their hash stands for them in inbox, leases and receipts: 16 bytes, whatever a producer calls its events.
/// </summary>
public static class EventIdentity
{
    /// <summary>Layout of an identity whose id tells its time: that of UUIDv7 (RFC 9562), with the time of the id.</summary>
    private const int TimedVersion = 7;

    /// <summary>Layout of all others: UUIDv8, which leaves the content to its maker.</summary>
    private const int UntimedVersion = 8;

    private const int MaxOnStack = 512;

    /// <summary>
    /// The identity of an event. It begins with the time of a UUIDv7 id: rows that are written together then stand together, and
    /// old ones are found without an index of their own. The rest, 74 bits at least, is of a SHA-256 hash: nobody can make an
    /// event that is taken for another source's.
    /// </summary>
    /// <param name="source">CloudEvents <c>source</c>.</param>
    /// <param name="id">CloudEvents <c>id</c>, compared letter by letter.</param>
    public static Guid Of(string source, string id)
    {
        Span<byte> identity = stackalloc byte[SHA256.HashSizeInBytes];
        Hash(source, id, identity);
        var version = UntimedVersion;
        if (Guid.TryParseExact(id, "D", out var uuid) && uuid.Version == TimedVersion)
        {
            Span<byte> timed = stackalloc byte[16];
            uuid.TryWriteBytes(timed, bigEndian: true, out _);
            timed[..6].CopyTo(identity);
            version = TimedVersion;
        }

        identity[6] = (byte)((version << 4) | (identity[6] & 0x0F));
        identity[8] = (byte)(0x80 | (identity[8] & 0x3F));
        return new Guid(identity[..16], bigEndian: true);
    }

    /// <summary>The id where it can stand in a header, a log line and a span; else the identity.</summary>
    internal static string Printable(string source, string id) => CorrelationContext.IsSane(id) ? id : Of(source, id).ToString();

    /// <summary>The same as an expression of PostgreSQL, for rows that hold the id of an event whose source is known.</summary>
    /// <param name="source">Expression of type <c>text</c>: CloudEvents <c>source</c>.</param>
    /// <param name="column">Column of type <c>uuid</c> with the id.</param>
    public static string Sql(string source, string column)
    {
        var hash = $"sha256(int4send(octet_length(convert_to({source}, 'UTF8'))) || convert_to({source} || {column}::text, 'UTF8'))";
        var isTimed = $"get_byte(uuid_send({column}), 6) >> 4 = {TimedVersion}";
        var begin = $"CASE WHEN {isTimed} THEN substr(uuid_send({column}), 1, 6) ELSE substr({hash}, 1, 6) END";
        var version = $"CASE WHEN {isTimed} THEN {TimedVersion << 4} ELSE {UntimedVersion << 4} END";
        return $"encode(set_byte(set_byte({begin} || substr({hash}, 7, 10), 6, ({version}) | (get_byte({hash}, 6) & 15)), 8, 128 | "
            + $"(get_byte({hash}, 8) & 63)), 'hex')::uuid";
    }

    // The length keeps a source that ends like another's id begins from being the same.
    private static void Hash(string source, string id, Span<byte> hash)
    {
        var most = sizeof(int) + Encoding.UTF8.GetMaxByteCount(source.Length) + Encoding.UTF8.GetMaxByteCount(id.Length);
        var bytes = most <= MaxOnStack ? stackalloc byte[MaxOnStack] : new byte[most];
        var sourceBytes = Encoding.UTF8.GetBytes(source, bytes[sizeof(int)..]);
        BinaryPrimitives.WriteInt32BigEndian(bytes, sourceBytes);
        var idBytes = Encoding.UTF8.GetBytes(id, bytes[(sizeof(int) + sourceBytes)..]);
        SHA256.HashData(bytes[..(sizeof(int) + sourceBytes + idBytes)], hash);
    }
}
