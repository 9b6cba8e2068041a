using System.Globalization;
using EventDriven.Chaos.Running;

namespace EventDriven.Chaos.Faults.Servers;

/// <summary>The disk of a server is full. A server that ends by it is started again when there is space again.</summary>
/// <param name="system">The application.</param>
/// <param name="server">The server.</param>
internal sealed class FullDisk(RunningSystem system, string server) : BackgroundFault
{
    private const string NoSpace = "No space left on device";

    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(200);

    private readonly SmallDisk? _disk = system.Disks.Of(server);
    private int _before;

    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        _before = Complaints();
        while (_disk is not null)
        {
            await Task.Run(_disk.Fill, cancellationToken);
            await Task.Delay(Again, TimeProvider.System, cancellationToken);
        }
    }

    protected override async Task<FaultEffect> ClearAsync(CancellationToken cancellationToken)
    {
        if (_disk is null)
        {
            return FaultEffect.Skipped("only root can mount the small disk that it needs");
        }

        var former = system.Processes.Pid(server);
        _disk.Clear();
        await system.Processes.EnsureHealthyAsync(server, cancellationToken);
        var complaints = Complaints() - _before;
        return new FaultEffect(
            complaints > 0,
            string.Create(CultureInfo.InvariantCulture, $"the server said {complaints} times that no space was left")
            + (system.Processes.Pid(server) == former ? "" : ", and ended by it"));
    }

    private int Complaints()
    {
        var log = system.LogFile(server);
        return File.Exists(log) ? File.ReadLines(log).Count(line => line.Contains(NoSpace, StringComparison.Ordinal)) : 0;
    }
}
