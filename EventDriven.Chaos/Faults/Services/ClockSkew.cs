using System.Globalization;
using EventDriven.Chaos.Inside;
using EventDriven.Chaos.Running;
using EventDriven.Chaos.Schedules;

namespace EventDriven.Chaos.Faults.Services;

/// <summary>The clock of a service is wrong, in all of its instances.</summary>
/// <param name="insides">What the rig has inside of the instances.</param>
/// <param name="service">The service.</param>
/// <param name="offset">How far it is ahead; behind where it is negative.</param>
internal sealed class ClockSkew(ServiceInsides insides, string service, TimeSpan offset) : IFault
{
    private readonly Dictionary<string, int> _before = new(StringComparer.Ordinal);

    public Task BeginAsync(CancellationToken cancellationToken)
    {
        foreach (var instance in Topology.InstancesOf(service))
        {
            _before[instance] = insides.Effects(instance, WrongClock.Effect(offset));
            insides.Change(instance, instructions => instructions with { ClockOffset = offset });
        }

        return Task.CompletedTask;
    }

    public Task<FaultEffect> EndAsync(CancellationToken cancellationToken)
    {
        foreach (var instance in _before.Keys)
        {
            insides.Change(instance, instructions => instructions with { ClockOffset = TimeSpan.Zero });
        }

        var went = _before.Where(before => insides.Effects(before.Key, WrongClock.Effect(offset)) > before.Value)
            .Select(before => before.Key).Order(StringComparer.Ordinal).ToList();
        return Task.FromResult(new FaultEffect(
            went.Count > 0,
            went.Count == 0 ? "nobody looked at the clock" : string.Create(
                CultureInfo.InvariantCulture,
                $"{string.Join(" and ", went)} went by a clock that was {Math.Abs(offset.TotalMinutes):0} min {Direction()}")));
    }

    private string Direction() => offset > TimeSpan.Zero ? "ahead" : "behind";
}
