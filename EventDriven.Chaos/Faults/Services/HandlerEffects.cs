using EventDriven.Chaos.Inside;
using EventDriven.Chaos.Running;
using EventDriven.Chaos.Schedules;

namespace EventDriven.Chaos.Faults.Services;

/// <summary>What has come of a service's failing handlers since it was made.</summary>
internal sealed class HandlerEffects
{
    private readonly ServiceInsides _insides;
    private readonly string _service;
    private readonly (int BeforeEffect, int BeforeCommit, int Slow) _before;

    public HandlerEffects(ServiceInsides insides, string service)
    {
        (_insides, _service) = (insides, service);
        _before = All();
    }

    /// <summary>How many attempts of all instances have failed, or were slow, since then.</summary>
    public (int BeforeEffect, int BeforeCommit, int Slow) Count()
    {
        var now = All();
        return (now.BeforeEffect - _before.BeforeEffect, now.BeforeCommit - _before.BeforeCommit, now.Slow - _before.Slow);
    }

    /// <summary>Instructions by which handlers are left alone.</summary>
    public static Instructions Sound(Instructions instructions) =>
        instructions with { FailBeforeEffect = 0, FailBeforeCommit = 0, Slow = 0 };

    private (int BeforeEffect, int BeforeCommit, int Slow) All() =>
        (Sum(HandlerFaults.FailedBeforeEffect), Sum(HandlerFaults.FailedBeforeCommit), Sum(HandlerFaults.WasSlow));

    private int Sum(string effect) => Topology.InstancesOf(_service).Sum(instance => _insides.Effects(instance, effect));
}
