using System.Security.Cryptography;
using System.Text;

namespace EventDriven.Messaging.Consumer;

/// <summary>A record's key as text, as it names its lane and, when it is parked, its dead letters.</summary>
internal static class LaneKey
{
    // An index of PostgreSQL takes 2 700 bytes.
    private const int MaxBytes = 512;

    /// <summary>The key; of a long one its beginning and its hash. PostgreSQL's text has no NUL, which is written as \0.</summary>
    public static string Of(byte[] key)
    {
        var text = Encoding.UTF8.GetString(key.AsSpan(0, Math.Min(key.Length, MaxBytes)));
        var stored = text.Contains('\0') ? text.Replace("\0", "\\0", StringComparison.Ordinal) : text;
        return key.Length <= MaxBytes ? stored : $"{stored}#{Convert.ToHexStringLower(SHA256.HashData(key))}";
    }
}
