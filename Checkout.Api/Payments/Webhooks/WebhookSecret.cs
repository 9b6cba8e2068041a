namespace Checkout.Api.Payments.Webhooks;

/// <summary>A secret as Standard Webhooks 1.0.0 writes it: <c>whsec_</c> and the base64 of 24 to 64 bytes.</summary>
internal static class WebhookSecret
{
    private const string Prefix = "whsec_";
    private const int MinBytes = 24;
    private const int MaxBytes = 64;

    /// <summary>What to write.</summary>
    public static readonly string Form =
        $"'{Prefix}' and the base64 of {MinBytes} to {MaxBytes} random bytes, as the payment provider shows it";

    /// <summary>Reads the key.</summary>
    /// <returns>Null, or what is wrong with the secret; it never repeats the secret.</returns>
    public static string? Read(string secret, out byte[] key)
    {
        key = [];
        if (!secret.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return $"does not begin with '{Prefix}'";
        }

        var bytes = new byte[secret.Length];
        if (!Convert.TryFromBase64String(secret[Prefix.Length..], bytes, out var length))
        {
            return $"is not base64 after '{Prefix}'";
        }

        key = bytes[..length];
        return length switch
        {
            < MinBytes => $"has {length} bytes, which is too short",
            > MaxBytes => $"has {length} bytes, which is too long",
            _ => null,
        };
    }
}
