using EventDriven.Chaos.Running;
using EventDriven.Chaos.Schedules;

namespace EventDriven.Chaos.Faults.Services;

/// <summary>
/// A share of the attempts of a service's handlers fail before their effect, or after it and before its commit, or take long. When it is
/// over, the operator has handled again what became a dead letter.
/// </summary>
/// <param name="insides">What the rig has inside of the instances.</param>
/// <param name="service">The service.</param>
/// <param name="share">The share, 0 to 1: a third of it each.</param>
/// <param name="redrive">The operator.</param>
internal sealed class FailingHandlers(ServiceInsides insides, string service, double share, OperatorRedrive redrive) : IFault
{
    private readonly HandlerEffects _effects = new(insides, service);

    public Task BeginAsync(CancellationToken cancellationToken)
    {
        foreach (var instance in Topology.InstancesOf(service))
        {
            insides.Change(instance, instructions => instructions with
            {
                FailBeforeEffect = share / 3,
                FailBeforeCommit = share / 3,
                Slow = share / 3,
            });
        }

        return Task.CompletedTask;
    }

    public async Task<FaultEffect> EndAsync(CancellationToken cancellationToken)
    {
        foreach (var instance in Topology.InstancesOf(service))
        {
            insides.Change(instance, HandlerEffects.Sound);
        }

        var redriven = await redrive.RunAsync(service, cancellationToken);
        var (beforeEffect, beforeCommit, slow) = _effects.Count();
        return new FaultEffect(
            beforeEffect > 0 || beforeCommit > 0 || slow > 0,
            $"{beforeEffect} attempts failed before their effect, {beforeCommit} before its commit, {slow} were slow; "
            + OperatorRedrive.Says(redriven));
    }
}
