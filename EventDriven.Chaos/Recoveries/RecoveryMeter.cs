using System.Globalization;
using EventDriven.Chaos.Applications;
using EventDriven.Chaos.Faults.Catalogue;
using EventDriven.Chaos.Histories;
using EventDriven.Chaos.Running;
using EventDriven.Chaos.Schedules;
using EventDriven.Messaging.Operations.Status;

namespace EventDriven.Chaos.Recoveries;

/// <summary>Measures recovery under load, whose events are always under way.</summary>
/// <param name="application">The application.</param>
/// <param name="operations">What was asked so far.</param>
/// <param name="time">The clock.</param>
internal sealed class RecoveryMeter(IApplication application, OperationLog operations, TimeProvider time)
{
    /// <summary>How long is waited for a recovery.</summary>
    public static readonly TimeSpan Bound = TimeSpan.FromSeconds(90);

    private const int Slower = 2;
    private const double Better = 0.9;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    // Who asks a broker that has just been started slows it down.
    private static readonly TimeSpan StatusInterval = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LeastNormal = TimeSpan.FromMilliseconds(50);

    private TimeSpan _normal;

    /// <summary>Lets each fault happen after the recovery from that before it.</summary>
    /// <param name="schedule">The faults.</param>
    /// <param name="faults">Lets them happen.</param>
    /// <param name="say">Receives what was measured.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The faults, and what was measured after those that took effect.</returns>
    public async Task<(IReadOnlyList<FaultReport> Faults, IReadOnlyList<MeasuredFault> Measured)> MeasureAsync(
        IReadOnlyList<PlannedFault> schedule, FaultRun faults, Action<string> say, CancellationToken cancellationToken)
    {
        var (reports, measured) = (new List<FaultReport>(), new List<MeasuredFault>());
        say(await BeginAsync(cancellationToken));
        foreach (var planned in schedule)
        {
            var report = (await faults.RunAsync([planned], time.GetUtcNow(), cancellationToken)).Single();
            cancellationToken.ThrowIfCancellationRequested();
            reports.Add(report);
            var (lag, latency) = await AwaitAsync(report.Ended, cancellationToken);
            if (report.TookEffect)
            {
                measured.Add(new MeasuredFault(planned.Kind, report.Began, report.Ended, latency.After));
            }

            say($"#{planned.Number} {planned.Kind}: backlog {lag}; p99 {latency}");
        }

        return (reports, measured);
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
    /// <param name="ended">When the fault was over.</param>
    /// <param name="cancellationToken">Gives up.</param>
    private async Task<(Wait Lag, Wait Latency)> AwaitAsync(DateTimeOffset ended, CancellationToken cancellationToken)
    {
        var kafka = await application.ConnectionStringAsync(Topology.Kafka, cancellationToken);
        using var status = new StatusReader(await application.DatabasesAsync(cancellationToken), [], kafka, time);
        var lag = UntilAsync(
            ended,
            async () =>
            {
                var read = await status.ReadAsync(cancellationToken);
                return Behind(read.Parts, time.GetUtcNow() - ended);
            },
            StatusInterval,
            cancellationToken);
        var latency = UntilAsync(ended, () => Task.FromResult(Slow(ended)), Interval, cancellationToken);
        await Task.WhenAll(lag, latency);

        // The orders were as usual from the beginning of the window on.
        var slow = await latency;
        return (await lag, slow with { After = slow.After - Window });
    }

    /// <summary>What still has events from before a fault's end, and what is away.</summary>
    /// <param name="parts">The state of the application.</param>
    /// <param name="since">How long ago the fault was over.</param>
    /// <returns>Null when nothing is.</returns>
    public static string? Behind(IReadOnlyList<StatusPart> parts, TimeSpan since)
    {
        var behind = Recovery.Left([.. parts.Select(WithFigures)], part => HasCaughtUp(part, since));
        return behind.Count == 0 ? null : string.Join("; ", behind);
    }

    private static StatusPart WithFigures(StatusPart part) => part.Events is null ? part : part with
    {
        Says = [string.Create(CultureInfo.InvariantCulture, $"{part.Events} events, {part.Seconds:0.0} s"), .. part.Says],
    };

    private static bool HasCaughtUp(StatusPart part, TimeSpan since) => part.Level != StatusLevel.Red
        && (part.Kind is not (StatusPartKind.Group or StatusPartKind.Outbox) || part.Events == 0 || part.Seconds <= since.TotalSeconds);

    /// <summary>
    /// How long the orders of the last two seconds took; null when they were answered as without faults. Those after the fault alone count.
    /// </summary>
    private string? Slow(DateTimeOffset ended)
    {
        var from = time.GetUtcNow() - Window;
        return from < ended ? "too few orders yet"
            : OrderLatency.P99(operations.EndedSince(from)) is not { } p99 ? "no order was answered"
            : p99 <= _normal ? null
            : string.Create(CultureInfo.InvariantCulture, $"orders take {p99.TotalMilliseconds:0} ms");
    }

    /// <summary>Asks until nothing is left, bounded.</summary>
    private async Task<Wait> UntilAsync(
        DateTimeOffset ended, Func<Task<string?>> leftAsync, TimeSpan interval, CancellationToken cancellationToken)
    {
        string? left = null;
        while (time.GetUtcNow() - ended < Bound)
        {
            var asked = time.GetUtcNow();
            left = await leftAsync();
            if (left is null)
            {
                return new Wait(asked - ended, Left: null);
            }

            await Task.Delay(interval, time, cancellationToken);
        }

        return new Wait(After: null, left);
    }

    /// <summary>A wait for something to be as it was.</summary>
    /// <param name="After">How long after the fault's end it was; null if it was not.</param>
    /// <param name="Left">What was not as before when the time was up.</param>
    private readonly record struct Wait(TimeSpan? After, string? Left)
    {
        public override string ToString() => After is { } known
            ? string.Create(CultureInfo.InvariantCulture, $"as before after {known.TotalSeconds:0.0} s")
            : string.Create(CultureInfo.InvariantCulture, $"not as before after {Bound.TotalSeconds:0} s ({Left})");
    }
}
