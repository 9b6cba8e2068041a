using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace EventDriven.Messaging.Privacy;

/// <summary>
/// A key of one person's data. It seals text as <c>pd1.KEYID.DATA</c>: the key's id as 32 hexadecimal digits, and in base64url (RFC 4648,
/// without padding) a nonce of 12 bytes, the text by AES-256-GCM (NIST SP 800-38D) and a tag of 16 bytes. The tag covers what the text is
/// and whose it is, so that it can't be moved to another place or person.
/// </summary>
/// <remarks>
/// The nonce is the beginning of an HMAC-SHA-256 over all that is sealed, as in RFC 5297. So no nonce serves two texts, and the same text
/// in the same place is always sealed alike: stored values can be compared, and repeated events stay equal. Who reads sealed text
/// learns from that only that a person has the same value twice.
/// </remarks>
public sealed class SubjectKey
{
    /// <summary>Bytes of a key: 32 for AES-256, 32 for the nonce's HMAC.</summary>
    public const int Size = 64;

    /// <summary>What sealed text begins with.</summary>
    public const string Prefix = "pd1.";

    private const int CipherKeySize = 32;
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int IdLength = 32;
    private const int DataBegin = 4 + IdLength + 1;

    private readonly byte[] _bytes;

    /// <param name="id">The key's own id. A person who is forgotten and comes back gets another.</param>
    /// <param name="subject">The person.</param>
    /// <param name="bytes"><see cref="Size"/> random bytes.</param>
    /// <exception cref="ArgumentException">The key has another size.</exception>
    public SubjectKey(Guid id, string subject, ReadOnlySpan<byte> bytes)
    {
        ArgumentException.ThrowIfNullOrEmpty(subject);
        if (bytes.Length != Size)
        {
            throw new ArgumentException($"The key has {bytes.Length} bytes, and needs {Size}.", nameof(bytes));
        }

        (Id, Subject, _bytes) = (id, subject, bytes.ToArray());
    }

    /// <summary>The key's own id.</summary>
    public Guid Id { get; }

    /// <summary>The person.</summary>
    public string Subject { get; }

    /// <summary>Seals a text of this person.</summary>
    /// <param name="place">What the text is, such as a table and a column. Only the same place opens it.</param>
    /// <param name="text">The text.</param>
    public string Seal(string place, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (bound, plain) = (Bound(place), Encoding.UTF8.GetBytes(text));
        var data = new byte[NonceSize + plain.Length + TagSize];
        var nonce = data.AsSpan(0, NonceSize);
        MakeNonce(bound, plain, nonce);
        using (var cipher = new AesGcm(_bytes.AsSpan(0, CipherKeySize), TagSize))
        {
            cipher.Encrypt(nonce, plain, data.AsSpan(NonceSize, plain.Length), data.AsSpan(NonceSize + plain.Length), bound);
        }

        return string.Concat(Prefix, Id.ToString("N"), ".", Base64Url.EncodeToString(data));
    }

    /// <summary>Opens a text of this person.</summary>
    /// <param name="place">What the text is, as it was sealed.</param>
    /// <param name="text">The sealed text.</param>
    /// <exception cref="CryptographicException">
    /// It was sealed with another key or in another place, was altered, or is no sealed text.
    /// </exception>
    public string Open(string place, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!TryReadId(text, out var id) || id != Id || !Base64Url.IsValid(text.AsSpan(DataBegin)))
        {
            throw new CryptographicException("The text was not sealed with this key.");
        }

        var data = Base64Url.DecodeFromChars(text.AsSpan(DataBegin)).AsSpan();
        if (data.Length < NonceSize + TagSize)
        {
            throw new CryptographicException("The sealed text is too short.");
        }

        var plain = new byte[data.Length - NonceSize - TagSize];
        using var cipher = new AesGcm(_bytes.AsSpan(0, CipherKeySize), TagSize);
        cipher.Decrypt(data[..NonceSize], data[NonceSize..^TagSize], data[^TagSize..], plain, Bound(place));
        return Encoding.UTF8.GetString(plain);
    }

    /// <summary>Whether a text says of itself that it is sealed.</summary>
    public static bool IsSealed(string? text) => text?.StartsWith(Prefix, StringComparison.Ordinal) == true;

    /// <summary>Reads which key a sealed text needs; false if it is no sealed text.</summary>
    public static bool TryReadId(ReadOnlySpan<char> text, out Guid id)
    {
        id = default;
        return text.Length > DataBegin
            && text.StartsWith(Prefix, StringComparison.Ordinal)
            && text[DataBegin - 1] == '.'
            && Guid.TryParseExact(text.Slice(Prefix.Length, IdLength), "N", out id);
    }

    private byte[] Bound(string place)
    {
        ArgumentException.ThrowIfNullOrEmpty(place);
        return Encoding.UTF8.GetBytes($"{place}\0{Subject}");
    }

    private void MakeNonce(byte[] bound, byte[] plain, Span<byte> nonce)
    {
        // The length tells where the one ends and the other begins.
        var input = new byte[sizeof(int) + bound.Length + plain.Length];
        BinaryPrimitives.WriteInt32BigEndian(input, bound.Length);
        bound.CopyTo(input, sizeof(int));
        plain.CopyTo(input, sizeof(int) + bound.Length);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_bytes.AsSpan(CipherKeySize), input, hash);
        hash[..nonce.Length].CopyTo(nonce);
    }
}
