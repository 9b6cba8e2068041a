namespace EventDriven.Messaging.Operations.Services;

/// <summary>A health check that is not healthy.</summary>
/// <param name="Check">Name of the check.</param>
/// <param name="Status"><c>degraded</c> or <c>unhealthy</c>.</param>
/// <param name="Description">What is wrong; null when the check does not say.</param>
public sealed record HealthProblem(string Check, string Status, string? Description)
{
    /// <summary>Whether an instance reports that it has halted a group: only instances know.</summary>
    internal bool IsHalted(string group) => Check == "consumer" && Description?.Contains($"'{group}'", StringComparison.Ordinal) == true;
}
