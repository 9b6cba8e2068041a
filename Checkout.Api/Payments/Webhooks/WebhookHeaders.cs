using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Checkout.Api.Payments.Webhooks;

/// <summary>The three headers of a signed message (Standard Webhooks 1.0.0).</summary>
/// <param name="Id">The message's id; it stays the same when the message is sent again.</param>
/// <param name="Timestamp">When it was sent, in seconds since 1970, as written.</param>
/// <param name="Signatures">Its signatures of the scheme <c>v1</c>; others are left out.</param>
internal sealed record WebhookHeaders(string Id, string Timestamp, IReadOnlyList<byte[]> Signatures)
{
    public const string IdName = "webhook-id";
    public const string TimestampName = "webhook-timestamp";
    public const string SignatureName = "webhook-signature";

    /// <summary>How far the timestamp may be from this server's time, in both directions.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private const string Scheme = "v1,";
    private const int MaxIdLength = 255;

    /// <summary>Reads the headers.</summary>
    /// <returns>Null if there are <paramref name="errors"/>, by header.</returns>
    public static WebhookHeaders? Read(IHeaderDictionary headers, DateTimeOffset now, IDictionary<string, string[]> errors)
    {
        var (id, timestamp, signature) = (Once(IdName), Once(TimestampName), Once(SignatureName));

        // A full stop separates what is signed: with one in the id, the same signature would hold for another id and timestamp.
        Require(
            id.Length is > 0 and <= MaxIdLength && !id.AsSpan().ContainsAnyExceptInRange('!', '~')
                && !id.Contains('.', StringComparison.Ordinal),
            IdName,
            $"Must be 1 to {MaxIdLength} visible ASCII characters without a full stop.");
        if (Require(
            long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds),
            TimestampName,
            "Must be the time of sending, in whole seconds since 1970."))
        {
            Require(
                Math.Abs(now.ToUnixTimeSeconds() - seconds) <= Tolerance.TotalSeconds,
                TimestampName,
                $"Is more than {Tolerance.TotalMinutes:0} minutes from this server's time. A message that is sent again needs a new one.");
        }

        List<byte[]> signatures = [.. signature.Split(' ').Select(Hash).OfType<byte[]>()];
        Require(
            signatures.Count > 0,
            SignatureName,
            $"Has no signature of the scheme v1: '{Scheme}' and the base64 of an HMAC-SHA-256. A space separates several.");
        return errors.Count > 0 ? null : new WebhookHeaders(id, timestamp, signatures);

        string Once(string name)
        {
            var lines = headers[name];
            Require(lines.Count > 0, name, "Is missing.");
            Require(lines.Count < 2, name, "Must be there once.");
            return lines.Count == 1 ? lines.ToString() : "";
        }

        // Only the first error of each header is told.
        bool Require(bool good, string name, string message)
        {
            if (!good)
            {
                errors.TryAdd(name, [message]);
            }

            return good;
        }
    }

    /// <summary>What is signed: id, timestamp and body, separated by full stops.</summary>
    public byte[] SignedContent(ReadOnlySpan<byte> body) => [.. Encoding.ASCII.GetBytes($"{Id}.{Timestamp}."), .. body];

    private static byte[]? Hash(string signature)
    {
        var hash = new byte[HMACSHA256.HashSizeInBytes];
        return signature.StartsWith(Scheme, StringComparison.Ordinal)
            && Convert.TryFromBase64String(signature[Scheme.Length..], hash, out var length) && length == hash.Length
            ? hash : null;
    }
}
