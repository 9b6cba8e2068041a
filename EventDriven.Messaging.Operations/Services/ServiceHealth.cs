namespace EventDriven.Messaging.Operations.Services;

/// <summary>What an instance of a service answers at <c>/health</c>.</summary>
/// <param name="Name">The service, with a number when it is not the first instance.</param>
/// <param name="Status"><c>healthy</c>, <c>degraded</c> or <c>unhealthy</c>; null when it does not answer.</param>
/// <param name="Problems">Its checks that are not healthy.</param>
/// <param name="Error">Why there is no status; null when there is one.</param>
public sealed record ServiceHealth(string Name, string? Status, IReadOnlyList<HealthProblem> Problems, string? Error);
