using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace EventDriven.Messaging.Operations.Audit;

/// <summary>
/// The hash that makes a chain of entries: SHA-256 over the previous hash and every field. Each field follows its length in bytes (32 bits,
/// big-endian; -1 for null), so that no two entries have the same encoding.
/// </summary>
public static class AuditHash
{
    /// <summary>Length in bytes.</summary>
    public const int Length = SHA256.HashSizeInBytes;

    private const int Null = -1;

    // Another encoding of other fields would get another name.
    private const string Version = "eventdriven-audit-v1";

    /// <summary>The hash before the first entry: 32 bytes of zero.</summary>
    public static ReadOnlyMemory<byte> Start { get; } = new byte[Length];

    /// <summary>Computes the hash of an entry from its fields and <see cref="AuditEntry.PreviousHash"/>.</summary>
    public static ReadOnlyMemory<byte> Of(AuditEntry entry)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var record = entry.Record;
        Append(hash, Version);
        Append(hash, entry.PreviousHash.Span);
        Append(hash, entry.Sequence);
        Append(hash, record.ChangeId.ToByteArray(bigEndian: true));
        Append(hash, Microseconds(entry.Time));
        Append(hash, record.Operator);
        Append(hash, record.Subject);
        Append(hash, record.Host);
        Append(hash, entry.Address);
        Append(hash, record.Command);
        Append(hash, record.Reason);
        Append(hash, record.Phase);
        Append(hash, record.Detail);
        return hash.GetHashAndReset();
    }

    /// <summary>A hash as people read and type it: 64 hexadecimal digits.</summary>
    public static string Text(ReadOnlyMemory<byte> hash) => Convert.ToHexStringLower(hash.Span);

    // PostgreSQL keeps microseconds.
    private static long Microseconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    private static void Append(IncrementalHash hash, string? text)
    {
        if (text is null)
        {
            AppendLength(hash, Null);
            return;
        }

        Append(hash, Encoding.UTF8.GetBytes(text));
    }

    private static void Append(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        Append(hash, bytes);
    }

    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> bytes)
    {
        AppendLength(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void AppendLength(IncrementalHash hash, int length)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, length);
        hash.AppendData(bytes);
    }
}
