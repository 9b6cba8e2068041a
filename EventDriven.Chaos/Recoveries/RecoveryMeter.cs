using System.Globalization;
using EventDriven.Chaos.Faults.Catalogue;
using EventDriven.Chaos.Histories;
using EventDriven.Chaos.Running;
using EventDriven.Chaos.Schedules;
using EventDriven.Messaging.Operations.Status;

namespace EventDriven.Chaos.Recoveries;

/// <summary>Measures recovery under load, whose events are always under way.</summary>
/// <param name="system">The application.</param>
/// <param name="operations">What was asked so far.</param>
/// <param name="time">The clock.</param>
internal sealed class RecoveryMeter(RunningSystem system, OperationLog operations, TimeProvider time)
{
    /// <summary>How long is waited for a recovery.</summary>
    public static readonly TimeSpan Bound = TimeSpan.FromSeconds(90);

    private const double FreshSeconds = 1;
    private const int Slower = 2;
    private const double Better = 0.9;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LeastNormal = TimeSpan.FromMilliseconds(50);

    private TimeSpan _normal;

    /// <summary>Lets each fault happen after the recovery from that before it.</summary>
    /// <param name="schedule">The faults.</param>
    /// <param name="faults">Lets them happen.</param>
    /// <param name="say">Receives what was measured.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The faults, and the recoveries from those that took effect.</returns>
    public async Task<(IReadOnlyList<FaultReport> Faults, IReadOnlyList<FaultRecovery> Recoveries)> MeasureAsync(
        IReadOnlyList<PlannedFault> schedule, FaultRun faults, Action<string> say, CancellationToken cancellationToken)
    {
        var (reports, recoveries) = (new List<FaultReport>(), new List<FaultRecovery>());
        say(await BeginAsync(cancellationToken));
        foreach (var planned in schedule)
        {
            var report = (await faults.RunAsync([planned], time.GetUtcNow(), cancellationToken)).Single();
            cancellationToken.ThrowIfCancellationRequested();
            reports.Add(report);
            var recovery = await AwaitAsync(planned.Kind, report.Ended, cancellationToken);
            if (report.TookEffect)
            {
                recoveries.Add(recovery);
            }

            say($"#{planned.Number} {planned.Kind}: lag {Text(recovery.Lag)}, p99 {Text(recovery.Latency)}");
        }

        return (reports, recoveries);
    }

    /// <summary>Waits until orders take no less time than before, bounded, and notes how long they take without faults.</summary>
    /// <returns>What it has noted.</returns>
    /// <exception cref="TimeoutException">Orders fail without any fault.</exception>
    private async Task<string> BeginAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(WarmUp, time, cancellationToken);
        var (p99, before, deadline) = (TimeSpan.MaxValue, TimeSpan.MaxValue, time.GetUtcNow() + Settling);
        do
        {
            await Task.Delay(Usual, time, cancellationToken);
            (before, var next) = (p99, OrderLatency.P99(operations.EndedSince(time.GetUtcNow() - Usual)) ?? TimeSpan.MaxValue);
            p99 = next < before ? next : before;
        }
        while (time.GetUtcNow() < deadline && (p99 == TimeSpan.MaxValue || p99 < Better * before));

        if (p99 == TimeSpan.MaxValue)
        {
            throw new TimeoutException("orders are not answered, though there was no fault yet: ask for fewer with --rate");
        }

        _normal = Slower * p99 > LeastNormal ? Slower * p99 : LeastNormal;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"p99 of orders without faults is {p99.TotalMilliseconds:0} ms: up to {_normal.TotalMilliseconds:0} ms is normal");
    }

    /// <summary>Waits until the application has recovered from a fault, bounded.</summary>
    /// <param name="kind">The fault's kind.</param>
    /// <param name="ended">When it was over.</param>
    /// <param name="cancellationToken">Gives up.</param>
    private async Task<FaultRecovery> AwaitAsync(string kind, DateTimeOffset ended, CancellationToken cancellationToken)
    {
        var kafka = await system.ConnectionStringAsync(Topology.Kafka, cancellationToken);
        using var status = new StatusReader(await system.DatabasesAsync(cancellationToken), [], kafka, time);
        var lag = UntilAsync(ended, async () => IsFresh((await status.ReadAsync(cancellationToken)).Parts), cancellationToken);
        var latency = UntilAsync(ended, () => Task.FromResult(IsNormal(ended)), cancellationToken);
        await Task.WhenAll(lag, latency);

        // The orders were as usual from the beginning of the window on.
        return new FaultRecovery(kind, await lag, await latency - Window);
    }

    /// <summary>Whether every group and outbox is at most a second behind.</summary>
    public static bool IsFresh(IReadOnlyList<StatusPart> parts) =>
        parts.Count(part => part.Kind == StatusPartKind.Group) >= Topology.Services.Count
        && parts.All(part => part.Level != StatusLevel.Red
            && (part.Kind is not (StatusPartKind.Group or StatusPartKind.Outbox) || part.Events == 0 || part.Seconds <= FreshSeconds));

    private static string Text(TimeSpan? recovery) => recovery is { } known
        ? string.Create(CultureInfo.InvariantCulture, $"as before after {known.TotalSeconds:0.0} s")
        : string.Create(CultureInfo.InvariantCulture, $"not as before after {Bound.TotalSeconds:0} s");

    /// <summary>Whether the orders of the last two seconds were answered as without faults; those after the fault alone count.</summary>
    private bool IsNormal(DateTimeOffset ended)
    {
        var from = time.GetUtcNow() - Window;
        return from >= ended && OrderLatency.P99(operations.EndedSince(from)) <= _normal;
    }

    /// <summary>How long after the fault's end it became so; null if it did not.</summary>
    private async Task<TimeSpan?> UntilAsync(DateTimeOffset ended, Func<Task<bool>> isSoAsync, CancellationToken cancellationToken)
    {
        while (time.GetUtcNow() - ended < Bound)
        {
            var asked = time.GetUtcNow();
            if (await isSoAsync())
            {
                return asked - ended;
            }

            await Task.Delay(Interval, time, cancellationToken);
        }

        return null;
    }
}
