using Microsoft.AspNetCore.Http;

namespace EventDriven.ServiceDefaults.Http;

/// <summary>How a request may be repeated of which nobody knows whether it was carried out: endpoint metadata, told with 503 and 500.</summary>
/// <param name="Code">The problem's member <c>repeat</c>, for programs.</param>
/// <param name="Detail">The same for people.</param>
public sealed record RepeatRule(string Code, string Detail)
{
    /// <summary>It changes nothing, or sets what it says.</summary>
    public static readonly RepeatRule Safe = new("as-is", "Repeat it as it is.");

    /// <summary>It is known by what it says, such as an order's id or the provider's reference.</summary>
    public static readonly RepeatRule Idempotent = new("as-is", "It may have been carried out. Repeat it as it is: it has its effect once.");

    /// <summary>It is known by its idempotency key.</summary>
    public static readonly RepeatRule SameKey = new(
        "same-key", "It may have been carried out. Repeat it with the same Idempotency-Key and body: it is carried out once.");

    /// <summary>Nothing knows it again.</summary>
    public static readonly RepeatRule LookFirst = new("look-first", "It may have been carried out. Look before you repeat it.");

    /// <summary>The endpoint's own rule; without one, what the method promises (RFC 9110, section 9.2.2).</summary>
    internal static RepeatRule Of(HttpContext http) =>
        RequestRoute.Endpoint(http)?.Metadata.GetMetadata<RepeatRule>()
        ?? (HttpMethods.IsPost(http.Request.Method) || HttpMethods.IsPatch(http.Request.Method) ? LookFirst : Safe);
}
