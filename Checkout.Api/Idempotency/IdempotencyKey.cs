using EventDriven.ServiceDefaults.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Checkout.Api.Idempotency;

/// <summary>The <c>Idempotency-Key</c> header (IETF draft-ietf-httpapi-idempotency-key-header).</summary>
internal static class IdempotencyKey
{
    /// <summary>Name of the header.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>Longest key, in characters.</summary>
    public const int MaxLength = 255;

    /// <summary>1 to 255 visible ASCII characters.</summary>
    public static bool IsValid(string? key) =>
        key is { Length: > 0 and <= MaxLength } && !key.AsSpan().ContainsAnyExceptInRange('!', '~');

    /// <summary>400 for a key that is missing or invalid.</summary>
    public static ProblemHttpResult Problem() => Problems.BadRequest(
        Header, $"Must be given: 1 to {MaxLength} visible ASCII characters.", CheckoutProblemCodes.KeyMissing);
}
