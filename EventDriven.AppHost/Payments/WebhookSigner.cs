using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EventDriven.AppHost.Payments;

/// <summary>
/// Signs messages as a payment provider does (Standard Webhooks 1.0.0). It shares no code with Checkout, which checks them. The tests
/// compile it too.
/// </summary>
/// <param name="secrets">Each signs: <c>whsec_</c> and the base64 of a key.</param>
/// <param name="time">When messages are sent.</param>
internal sealed class WebhookSigner(IReadOnlyList<string> secrets, TimeProvider time)
{
    private const string Prefix = "whsec_";
    private const int KeyBytes = 32;

    /// <summary>A new secret.</summary>
    public static string NewSecret() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes));

    /// <summary>Adds the headers of a signed message.</summary>
    /// <param name="request">The message, with its body.</param>
    /// <param name="id">The message's id, the same when it is sent again.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task SignAsync(HttpRequestMessage request, string id, CancellationToken cancellationToken)
    {
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        byte[] content = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp);
        request.Headers.Add("webhook-signature", string.Join(' ', secrets.Select(secret => Signature(secret, content))));
    }

    private static string Signature(string secret, byte[] content) =>
        $"v1,{Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret[Prefix.Length..]), content))}";
}
