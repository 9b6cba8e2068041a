namespace EventDriven.Chaos.Deployments;

/// <summary>A kind of fault of a deployment, as its file has it: two commands of the user's.</summary>
/// <param name="Name">Its name, such as <c>kill-broker</c>.</param>
/// <param name="Target">
/// What it happens to: an instance, a service, or <c>kafka</c>, <c>postgres</c> or <c>redis</c>. Two faults of one target never overlap.
/// </param>
/// <param name="Begin">The command that lets it happen, for <c>/bin/sh</c>.</param>
/// <param name="End">The command that undoes it, and returns when that is done; null where nothing has to be undone.</param>
/// <param name="Shortest">Least time between the two commands, in seconds.</param>
/// <param name="Longest">Most time between the two commands, in seconds.</param>
internal sealed record DeploymentFault(string Name, string Target, string Begin, string? End = null, int Shortest = 1, int Longest = 10);
