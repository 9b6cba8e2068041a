using System.Globalization;
using EventDriven.Chaos.Running;

namespace EventDriven.Chaos.Faults.Servers;

/// <summary>The services' sessions are ended, again and again.</summary>
/// <param name="system">The application.</param>
/// <param name="every">Time between two times.</param>
internal sealed class KilledBackends(RunningSystem system, TimeSpan every) : BackgroundFault
{
    private int _ended;

    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            _ended += await ServiceSessions.TerminateAsync(system, cancellationToken);
            await Task.Delay(every, TimeProvider.System, cancellationToken);
        }
    }

    protected override Task<FaultEffect> ClearAsync(CancellationToken cancellationToken) => Task.FromResult(
        new FaultEffect(_ended > 0, string.Create(CultureInfo.InvariantCulture, $"{_ended} sessions of services were ended")));
}
