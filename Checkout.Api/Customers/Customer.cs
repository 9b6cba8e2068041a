namespace Checkout.Api.Customers;

/// <summary>Somebody who signed up.</summary>
internal sealed class Customer
{
    /// <summary>UUIDv7.</summary>
    public required Guid Id { get; init; }

    /// <summary>As it was given. Personal data.</summary>
    public required string Email { get; init; }

    /// <summary>In lower case; unique, so that nobody signs up twice by writing it differently. Personal data.</summary>
    public required string NormalizedEmail { get; init; }

    /// <summary>Personal data.</summary>
    public required string Name { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset SignedUpAt { get; init; }
}
