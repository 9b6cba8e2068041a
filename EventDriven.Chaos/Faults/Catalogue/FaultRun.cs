using System.Collections.Concurrent;
using EventDriven.Chaos.Histories;
using EventDriven.Chaos.Schedules;

namespace EventDriven.Chaos.Faults.Catalogue;

/// <summary>Lets the faults of a schedule happen, each at its time.</summary>
/// <param name="kinds">The kinds of the schedule's faults.</param>
/// <param name="create">Makes a fault.</param>
/// <param name="time">The clock.</param>
/// <param name="say">Receives what happens.</param>
internal sealed class FaultRun(
    IReadOnlyList<FaultKind> kinds, Func<PlannedFault, IFault> create, TimeProvider time, Action<string> say)
{
    private static readonly TimeSpan EndBound = TimeSpan.FromSeconds(150);

    private static readonly TimeSpan BeginBound = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<string, SemaphoreSlim> _claims = new(StringComparer.Ordinal);

    /// <summary>Returns when the last fault is over.</summary>
    /// <param name="schedule">The faults.</param>
    /// <param name="began">When the load began.</param>
    /// <param name="cancellationToken">Ends the faults that last, and begins no others.</param>
    public async Task<IReadOnlyList<FaultReport>> RunAsync(
        IReadOnlyList<PlannedFault> schedule, DateTimeOffset began, CancellationToken cancellationToken) =>
        await Task.WhenAll(schedule.Select(fault => RunAsync(fault, began, cancellationToken)));

    private async Task<FaultReport> RunAsync(PlannedFault planned, DateTimeOffset began, CancellationToken cancellationToken)
    {
        // In one order, so that no two wait for one another.
        var held = kinds.Single(kind => kind.Name == planned.Kind).Held(planned.Target).Order(StringComparer.Ordinal)
            .Select(what => _claims.GetOrAdd(what, _ => new SemaphoreSlim(1))).ToList();
        var taken = 0;
        var start = began + planned.At;
        try
        {
            await time.UntilAsync(start, cancellationToken);

            // The fault before it may take longer to be over than was planned.
            for (; taken < held.Count; taken++)
            {
                await held[taken].WaitAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            held.Take(taken).ToList().ForEach(claim => claim.Release());
            return new FaultReport(planned, time.GetUtcNow(), time.GetUtcNow(), TookEffect: false, "The run was stopped before it.");
        }

        try
        {
            return await RunAsync(planned, cancellationToken);
        }
        finally
        {
            held.ForEach(claim => claim.Release());
        }
    }

    private async Task<FaultReport> RunAsync(PlannedFault planned, CancellationToken cancellationToken)
    {
        var fault = create(planned);
        var start = time.GetUtcNow();
        say($"#{planned.Number} {planned.Kind} {planned.Target} begins");
        string? failure = null;
        try
        {
            using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            bound.CancelAfter(BeginBound);
            await fault.BeginAsync(bound.Token);
            await time.UntilAsync(time.GetUtcNow() + planned.Duration, cancellationToken);
        }
        catch (Exception exception)
        {
            failure = exception.Message;
        }

        // Also when the run is stopped: nothing may stay broken.
        using var end = new CancellationTokenSource(EndBound);
        await using var stopped = cancellationToken.UnsafeRegister(
            source => ((CancellationTokenSource)source!).CancelAfter(fault.UndoBound), end);
        var effect = await EndAsync(fault, end.Token);
        var report = new FaultReport(
            planned, start, time.GetUtcNow(), effect.TookEffect && failure is null,
            failure is null ? effect.Note : $"{failure} {effect.Note}")
        {
            IsSkipped = effect.IsSkipped,
        };
        say($"#{planned.Number} {planned.Kind} {planned.Target} is over: {report.Note}");
        return report;
    }

    private static async Task<FaultEffect> EndAsync(IFault fault, CancellationToken cancellationToken)
    {
        try
        {
            return await fault.EndAsync(cancellationToken);
        }
        catch (Exception exception)
        {
            return new FaultEffect(false, $"It did not end well: {exception.Message}");
        }
    }
}
