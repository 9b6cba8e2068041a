namespace EventDriven.Cli.Status;

/// <summary>What an instance of a service says of itself by <c>/health</c>.</summary>
/// <param name="Name">The service, with its number where it is not the first instance.</param>
/// <param name="Status"><c>healthy</c>, <c>degraded</c> or <c>unhealthy</c>; null when it doesn't answer.</param>
/// <param name="Problems">Its checks that are not healthy, with what each says.</param>
/// <param name="Error">Why there is no status.</param>
internal sealed record ServiceReading(string Name, string? Status, IReadOnlyList<(string Check, string Status, string? Description)> Problems, string? Error);
