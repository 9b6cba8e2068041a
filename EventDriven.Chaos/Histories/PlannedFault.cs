namespace EventDriven.Chaos.Histories;

/// <summary>A fault as a schedule has it.</summary>
/// <param name="Number">Its place in the schedule, from 1.</param>
/// <param name="Kind">The fault's name, such as <c>kill-service</c>.</param>
/// <param name="Target">What it happens to, such as <c>checkout-2</c>.</param>
/// <param name="At">When it begins, from the beginning of the load.</param>
/// <param name="Duration">How long it lasts; zero where it happens at once.</param>
/// <param name="Parameters">What else the kind needs to know, by name.</param>
internal sealed record PlannedFault(
    int Number, string Kind, string Target, TimeSpan At, TimeSpan Duration, IReadOnlyDictionary<string, string> Parameters)
{
    /// <summary>Whether it happens to a service: to all of its instances, one of them, or a link of one.</summary>
    public bool IsOf(string service) => Target.StartsWith(service, StringComparison.Ordinal)
        && (Target.Length == service.Length || Target[service.Length] is '-' or '/');
}
