using EventDriven.Chaos.Running;
using EventDriven.Chaos.Schedules;

namespace EventDriven.Chaos.Faults.Services;

/// <summary>
/// The instances of a service are replaced one after the other by the former version's program, and later one after the other by the
/// present one: both versions run beside each other, and take over from each other in both directions.
/// </summary>
/// <param name="system">The application.</param>
/// <param name="service">The service.</param>
/// <param name="former">The former version.</param>
internal sealed class RollingUpdate(RunningSystem system, string service, FormerVersion former) : IFault
{
    private readonly Dictionary<string, ServiceProcess> _running = new(StringComparer.Ordinal);
    private readonly List<string> _served = [];

    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        foreach (var instance in Topology.InstancesOf(service))
        {
            if (system.Processes.Pid(instance) is null)
            {
                continue;
            }

            var launch = system.Launch(instance);
            await system.Processes.StopAsync(instance, cancellationToken);
            _running.Add(instance, former.Start(launch.Project, launch.Environment, system.LogFile($"{instance}-former")));
            await system.AnswersAsync(instance, cancellationToken);
            _served.Add(instance);
        }
    }

    public async Task<FaultEffect> EndAsync(CancellationToken cancellationToken)
    {
        var ended = _running.Where(running => running.Value.HasEnded).Select(running => running.Key).ToList();
        foreach (var instance in Topology.InstancesOf(service))
        {
            if (_running.Remove(instance, out var process))
            {
                await process.DisposeAsync();
            }

            if (system.Processes.Pid(instance) is null)
            {
                await system.Processes.StartUntilHealthyAsync(instance, former: 0, cancellationToken);
            }
        }

        return new FaultEffect(
            _served.Count > 0 && ended.Count == 0,
            _served.Count == 0 ? "no instance of the former version was healthy"
            : $"{string.Join(" and ", _served)} ran the former version"
                + (ended.Count == 0 ? "" : $", which ended by itself in {string.Join(" and ", ended)}"));
    }
}
