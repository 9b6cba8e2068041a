using System.Security.Cryptography;

namespace Checkout.Api.Privacy;

/// <summary>Wraps customers' keys by AES-256-GCM (NIST SP 800-38D): nonce, wrapped key, tag. The tag covers whose key it is.</summary>
internal sealed class MasterKey
{
    /// <summary>Bytes of a master key.</summary>
    public const int Size = 32;

    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int IdBytes = 8;

    private readonly byte[] _key;

    private MasterKey(byte[] key) => (_key, Id) = (key, Convert.ToHexStringLower(SHA256.HashData(key).AsSpan(0, IdBytes)));

    /// <summary>Names the master key without telling it: the beginning of its SHA-256.</summary>
    public string Id { get; }

    /// <summary>Reads base64; null if it is no master key.</summary>
    public static MasterKey? Read(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && length == Size ? new MasterKey(bytes[..length]) : null;
    }

    /// <summary>Wraps a customer's key.</summary>
    public byte[] Wrap(ReadOnlySpan<byte> key, Guid keyId, Guid customerId)
    {
        var wrapped = new byte[NonceSize + key.Length + TagSize];
        var (nonce, text, tag) = Parts(wrapped);
        RandomNumberGenerator.Fill(nonce.Span);
        using var cipher = new AesGcm(_key, TagSize);
        cipher.Encrypt(nonce.Span, key, text.Span, tag.Span, Owner(keyId, customerId));
        return wrapped;
    }

    /// <summary>Unwraps a customer's key.</summary>
    /// <exception cref="CryptographicException">It was wrapped by another master key or for another customer, or was altered.</exception>
    public byte[] Unwrap(byte[] wrapped, Guid keyId, Guid customerId)
    {
        var (nonce, text, tag) = Parts(wrapped);
        var key = new byte[text.Length];
        using var cipher = new AesGcm(_key, TagSize);
        cipher.Decrypt(nonce.Span, text.Span, tag.Span, key, Owner(keyId, customerId));
        return key;
    }

    private static (Memory<byte> Nonce, Memory<byte> Text, Memory<byte> Tag) Parts(byte[] wrapped) =>
        (wrapped.AsMemory(0, NonceSize), wrapped.AsMemory(NonceSize..^TagSize), wrapped.AsMemory(wrapped.Length - TagSize));

    private static byte[] Owner(Guid keyId, Guid customerId) => [.. keyId.ToByteArray(), .. customerId.ToByteArray()];
}
