namespace Analytics.Worker.Customers;

/// <summary>When a customer signed up.</summary>
internal sealed class SignUp
{
    public required Guid CustomerId { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset SignedUpAt { get; init; }
}
