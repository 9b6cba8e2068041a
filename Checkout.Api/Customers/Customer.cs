namespace Checkout.Api.Customers;

/// <summary>A customer who signed up. Personal data is sealed with the customer's key.</summary>
internal sealed class Customer
{
    /// <summary>What <see cref="Email"/> is sealed as.</summary>
    public const string EmailPlace = "checkout.customers/email";

    /// <summary>What <see cref="Name"/> is sealed as.</summary>
    public const string NamePlace = "checkout.customers/name";

    /// <summary>UUIDv7.</summary>
    public required Guid Id { get; init; }

    /// <summary>The address as it was given, sealed.</summary>
    public required string Email { get; init; }

    /// <summary>
    /// Hash of the address (<see cref="Privacy.EmailIndex"/>); unique, so that nobody signs up twice with another spelling.
    /// </summary>
    public required byte[] EmailHash { get; init; }

    /// <summary>The name, sealed.</summary>
    public required string Name { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset SignedUpAt { get; init; }
}
