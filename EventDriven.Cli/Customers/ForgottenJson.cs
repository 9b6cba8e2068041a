namespace EventDriven.Cli.Customers;

/// <summary>A customer who is forgotten.</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="Forgotten">True.</param>
internal sealed record ForgottenJson(Guid CustomerId, bool Forgotten);
