using EventDriven.Chaos.Histories;

namespace EventDriven.Chaos.Load;

/// <summary>What a client wants, as it would send it again.</summary>
/// <param name="Kind">What is asked.</param>
/// <param name="Instance">Who is asked.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path of the URL.</param>
/// <param name="CustomerId">The customer it is about, or <see cref="Guid.Empty"/>.</param>
internal sealed record ClientRequest(OperationKind Kind, string Instance, HttpMethod Method, string Path, Guid CustomerId)
{
    /// <summary>The body, as JSON.</summary>
    public string? Body { get; init; }

    /// <summary>The <c>Idempotency-Key</c>; the provider's reference of a payment, which has the same effect.</summary>
    public string? Key { get; init; }

    /// <summary>The order it is about, if it exists already.</summary>
    public Guid? OrderId { get; init; }

    public IReadOnlyList<OperationLine> Lines { get; init; } = [];

    /// <summary>The header <c>Prefer</c>.</summary>
    public string? Prefer { get; init; }

    /// <summary>Of what is ordered.</summary>
    public string? Currency { get; init; }

    /// <summary>Whether the payment provider sends it, and signs it.</summary>
    public bool IsSigned => Kind == OperationKind.Pay;

    /// <summary>
    /// What sending it again is. Placing an order and signing up get their first answer again; everything else is idempotent as it is.
    /// </summary>
    public OperationKind Again => Kind is OperationKind.Place or OperationKind.SignUp ? OperationKind.Repeat : Kind;
}
