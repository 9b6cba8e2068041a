using Microsoft.AspNetCore.Http;

namespace EventDriven.ServiceDefaults.Http;

/// <summary>How to repeat a request that may have been carried out. It is endpoint metadata; answers with 500 and 503 state it.</summary>
/// <param name="Code">The problem's member <c>repeat</c>, for programs.</param>
/// <param name="Detail">The same for people.</param>
public sealed record RepeatRule(string Code, string Detail)
{
    /// <summary>The request changes nothing, or sets a state that it names.</summary>
    public static readonly RepeatRule Safe = new("as-is", "Repeat it as it is.");

    /// <summary>The request is recognized by its content, such as an order's id or the provider's reference.</summary>
    public static readonly RepeatRule Idempotent = new(
        "as-is", "It may have been carried out. Repeat it as it is: it has its effect once.");

    /// <summary>The request is recognized by its idempotency key.</summary>
    public static readonly RepeatRule SameKey = new(
        "same-key", "It may have been carried out. Repeat it with the same Idempotency-Key and body: it is carried out once.");

    /// <summary>A repeated request is not recognized.</summary>
    public static readonly RepeatRule LookFirst = new("look-first", "It may have been carried out. Look before you repeat it.");

    /// <summary>The endpoint's own rule or, without one, the rule of the HTTP method (RFC 9110, section 9.2.2).</summary>
    internal static RepeatRule Of(HttpContext http) =>
        RequestRoute.Endpoint(http)?.Metadata.GetMetadata<RepeatRule>()
        ?? (HttpMethods.IsPost(http.Request.Method) || HttpMethods.IsPatch(http.Request.Method) ? LookFirst : Safe);
}
