using System.Security.Cryptography;
using System.Text;
using EventDriven.Messaging.Storage;

namespace EventDriven.Messaging.Consuming;

/// <summary>A record's key as text, as it names its lane and, when it is parked, its dead letters.</summary>
internal static class LaneKey
{
    // An index of PostgreSQL takes 2 700 bytes.
    private const int MaxBytes = 512;

    /// <summary>The key; of a long one its beginning and its hash. PostgreSQL's text has no NUL, which is written as \0.</summary>
    public static string Of(byte[] key)
    {
        var stored = StoredText.Of(Encoding.UTF8.GetString(key.AsSpan(0, Math.Min(key.Length, MaxBytes))));
        return key.Length <= MaxBytes ? stored : $"{stored}#{Convert.ToHexStringLower(SHA256.HashData(key))}";
    }
}
