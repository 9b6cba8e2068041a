using EventDriven.Messaging.Operations.Services;
using EventDriven.Messaging.Storage.DeadLetters;

namespace EventDriven.Messaging.Operations.DeadLetters;

/// <summary>Waits for the outcome of redrives.</summary>
/// <param name="redrives">The redrives, one a service.</param>
/// <param name="services">The services, which know whether a group is halted. May be empty.</param>
/// <param name="time">Measures the wait.</param>
public sealed class RedriveWait(
    IReadOnlyList<RequestedRedrive> redrives, IReadOnlyList<ServiceAddress> services, TimeProvider time) : IDisposable
{
    // Owners look for redrives every MessagingOptions.Consumer.OperatorPollInterval, 2 s.
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    private readonly ServiceHealthReader _health = new();

    /// <summary>Returns when every dead letter has been tried, or after the timeout.</summary>
    /// <exception cref="Npgsql.NpgsqlException">A database does not answer, or refuses.</exception>
    public async Task<RedriveOutcome> RunAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            var isOver = time.GetElapsedTime(begun) >= timeout;
            var states = new List<(RequestedRedrive Redrive, IReadOnlyList<DeadLetter> DeadLetters)>();
            foreach (var redrive in redrives)
            {
                states.Add((redrive, await redrive.ReadAsync(cancellationToken)));
            }

            if (isOver || states.TrueForAll(state => state.DeadLetters.All(deadLetter => deadLetter.State != DeadLetterState.Redriving)))
            {
                return await OutcomeAsync(states, cancellationToken);
            }

            await Task.Delay(PollInterval, time, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _health.Dispose();

    private async Task<RedriveOutcome> OutcomeAsync(
        List<(RequestedRedrive Redrive, IReadOnlyList<DeadLetter> DeadLetters)> states, CancellationToken cancellationToken)
    {
        var failed = states.SelectMany(state => state.DeadLetters.Where(state.Redrive.HasFailedAgain)).ToList();
        var pending = new List<PendingRedrive>();
        foreach (var (redrive, deadLetters) in states)
        {
            foreach (var group in deadLetters.Where(deadLetter => deadLetter.State == DeadLetterState.Redriving)
                .GroupBy(deadLetter => deadLetter.Group, StringComparer.Ordinal))
            {
                pending.Add(new PendingRedrive(group.Key, group.Count(), await ReasonAsync(redrive, group.Key, cancellationToken)));
            }
        }

        return new RedriveOutcome(
            Applied: states.Sum(state =>
                state.Redrive.Count - state.DeadLetters.Count(deadLetter => deadLetter.State != DeadLetterState.Redriven)),
            Discarded: states.Sum(state => state.DeadLetters.Count(deadLetter => deadLetter.State == DeadLetterState.Discarded)),
            Failed: failed,
            Blocked: states.Sum(state => state.DeadLetters.Count(deadLetter => deadLetter.State == DeadLetterState.Parked)) - failed.Count,
            Pending: pending);
    }

    private async Task<string> ReasonAsync(RequestedRedrive redrive, string group, CancellationToken cancellationToken)
    {
        var activity = await redrive.ActivityAsync(group, cancellationToken);
        if (activity.PausedBy is { } by)
        {
            return $"{by} has paused the group";
        }

        if (!activity.IsSeen)
        {
            return $"no sign of a member{(activity.SinceSeen is { } since ? $" for {since.TotalSeconds:0} s" : "")}: start the service";
        }

        var health = await Task.WhenAll(services.Select(service => _health.ReadAsync(service, cancellationToken)));
        return health.SelectMany(service => service.Problems).FirstOrDefault(problem => problem.IsHalted(group))?.Description
            ?? "the service runs, and has not tried them yet";
    }
}
