namespace Notifications.Worker.Customers;

/// <summary>What Notifications reads of UserSignedUp.</summary>
internal sealed record UserSignedUp(Guid CustomerId, string Email, string Name);
