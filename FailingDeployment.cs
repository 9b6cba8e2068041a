using EventDriven.Chaos.Schedules;

namespace EventDriven.Chaos.Faults;

/// <summary>
/// A version of a service is deployed that fails every event: its instances are replaced one after the other, and some time later one after the
/// other by the version before. Then the operator has handled again what became a dead letter.
/// </summary>
/// <param name="stage">What it happens to.</param>
/// <param name="service">The service.</param>
/// <param name="redrive">The operator.</param>
internal sealed class FailingDeployment(FaultStage stage, string service, OperatorRedrive redrive) : IFault
{
    private readonly HandlerEffects _effects = new(stage.System.Insides, service);

    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        foreach (var instance in Topology.InstancesOf(service))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Deployment.ReplaceAsync(stage.System, instance, () => stage.System.Insides.Change(
                instance, instructions => instructions with { FailBeforeEffect = 1 }));
        }
    }

    public async Task<FaultEffect> EndAsync(CancellationToken cancellationToken)
    {
        foreach (var instance in Topology.InstancesOf(service))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Deployment.ReplaceAsync(
                stage.System, instance, () => stage.System.Insides.Change(instance, HandlerEffects.Sound));
        }

        var redriven = await redrive.RunAsync(service, cancellationToken);
        var failed = _effects.Count().BeforeEffect;
        return new FaultEffect(failed > 0, $"{failed} attempts failed in the version that was rolled back; {OperatorRedrive.Says(redriven)}");
    }
}
