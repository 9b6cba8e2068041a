namespace Checkout.Api.Http;

/// <summary>How much a request may send.</summary>
internal static class BodyLimit
{
    /// <summary>Largest body, in bytes. Kestrel counts the framing of a chunked body too.</summary>
    public const int Bytes = 64 * 1024;

    /// <summary>What a larger one is told.</summary>
    public const string Message = "May have at most 65536 bytes.";
}
