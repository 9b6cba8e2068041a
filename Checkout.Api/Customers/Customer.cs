namespace Checkout.Api.Customers;

/// <summary>A customer who signed up.</summary>
internal sealed class Customer
{
    /// <summary>UUIDv7.</summary>
    public required Guid Id { get; init; }

    /// <summary>The address as it was given. Personal data.</summary>
    public required string Email { get; init; }

    /// <summary>The address in lower case; unique, so that nobody signs up twice with another spelling. Personal data.</summary>
    public required string NormalizedEmail { get; init; }

    /// <summary>Personal data.</summary>
    public required string Name { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset SignedUpAt { get; init; }
}
