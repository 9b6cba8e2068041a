namespace Checkout.Api.Idempotency;

/// <summary>
/// The first answer for an idempotency key. It is written in the transaction of the resource, with the key as primary key, so that only one
/// of two requests with the same key can commit.
/// </summary>
internal sealed class StoredAnswer
{
    /// <summary>The idempotency key. A key identifies one request, whatever the endpoint.</summary>
    public required string Key { get; init; }

    /// <summary>SHA-256 of the request.</summary>
    public required byte[] RequestHash { get; init; }

    /// <summary>Id of the created order or customer.</summary>
    public required Guid ResourceId { get; init; }

    /// <summary>HTTP status code.</summary>
    public required int Status { get; init; }

    /// <summary><c>Location</c> header; empty if the resource has no address.</summary>
    public required string Location { get; init; }

    /// <summary>The body, UTF-8 JSON, repeated byte by byte; without personal data.</summary>
    public required byte[] Body { get; init; }

    /// <summary>
    /// False while the first request waits for the order's final state, after which it may answer otherwise. True before any other request
    /// is given this answer.
    /// </summary>
    public required bool IsFinal { get; init; }

    /// <summary>When the request was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
