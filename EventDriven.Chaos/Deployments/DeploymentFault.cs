namespace EventDriven.Chaos.Deployments;

/// <summary>A kind of fault of a deployment, as its file has it: two commands of the user's.</summary>
/// <param name="Name">
/// Its name, such as <c>kill-broker</c>. Under the names <c>pause-service</c> and <c>clock-skew</c>, rules excuse what such a fault
/// explains.
/// </param>
/// <param name="Target">
/// What it happens to: an instance, a service, or <c>kafka</c>, <c>postgres</c> or <c>redis</c>. Two faults of one target never overlap.
/// </param>
/// <param name="Begin">The command that lets it happen, for <c>/bin/sh</c>.</param>
/// <param name="End">
/// The command that undoes it, and returns when all is as it was; null where nothing has to be undone: then it is over when it has begun.
/// </param>
/// <param name="Shortest">Least time between the two commands, in seconds: 1 unless set.</param>
/// <param name="Longest">Most time between the two commands, in seconds: 10 unless set.</param>
internal sealed record DeploymentFault(
    string Name, string Target, string Begin, string? End = null, int? Shortest = null, int? Longest = null)
{
    /// <summary>Least time between the two commands.</summary>
    public TimeSpan Least => TimeSpan.FromSeconds(End is null ? 0 : Shortest ?? 1);

    /// <summary>Most time between the two commands.</summary>
    public TimeSpan Most => TimeSpan.FromSeconds(End is null ? 0 : Longest ?? 10);
}
