namespace Analytics.Worker.Customers;

/// <summary>What Analytics reads of UserSignedUp.</summary>
internal sealed record UserSignedUp(Guid CustomerId, DateTimeOffset SignedUpAt);
