namespace Checkout.Api.Idempotency;

/// <summary>
/// The first answer to an idempotency key, and by its primary key the truth about what was done: it is written in the transaction of what was made,
/// so that of two requests with one key only one can commit.
/// </summary>
internal sealed class StoredAnswer
{
    /// <summary>The idempotency key. One key names one request of one caller, whichever endpoint it went to.</summary>
    public required string Key { get; init; }

    /// <summary>SHA-256 of the request.</summary>
    public required byte[] RequestHash { get; init; }

    /// <summary>What was made: an order, a customer.</summary>
    public required Guid ResourceId { get; init; }

    /// <summary>HTTP status code.</summary>
    public required int Status { get; init; }

    /// <summary><c>Location</c> header; empty for what has no address.</summary>
    public required string Location { get; init; }

    /// <summary>UTF-8 JSON, to be given again byte by byte; without personal data.</summary>
    public required byte[] Body { get; set; }

    /// <summary>False while the first request still waits for the order's end and may yet answer something else.</summary>
    public required bool IsFinal { get; set; }

    /// <summary>When the request was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
