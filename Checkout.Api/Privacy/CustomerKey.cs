namespace Checkout.Api.Privacy;

/// <summary>The key of a customer's personal data, wrapped; one for each customer id, ever.</summary>
internal sealed class CustomerKey
{
    /// <summary>
    /// The customer, who need not have signed up: an order makes the key as well. Empty for the service's own key
    /// (<see cref="EmailIndex"/>).
    /// </summary>
    public required Guid CustomerId { get; init; }

    /// <summary>The key's own id: what sealed text names.</summary>
    public required Guid KeyId { get; init; }

    /// <summary>Which master key has wrapped it; null once it is destroyed.</summary>
    public string? MasterKey { get; init; }

    /// <summary>The wrapped key; null once it is destroyed.</summary>
    public byte[]? Wrapped { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the customer was forgotten, UTC; null while the key exists.</summary>
    public DateTimeOffset? DestroyedAt { get; init; }
}
