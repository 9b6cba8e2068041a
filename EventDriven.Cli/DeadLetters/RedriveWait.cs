using EventDriven.Cli.Status;
using EventDriven.Messaging.Operations.Groups;
using EventDriven.Messaging.Storage.DeadLetters;

namespace EventDriven.Cli.DeadLetters;

/// <summary>Waits for what comes of a redrive, and says of what doesn't come why.</summary>
/// <param name="marked">What was marked, by service.</param>
/// <param name="services">Where services tell whether their group is halted.</param>
/// <param name="time">Measures the wait.</param>
internal sealed class RedriveWait(IReadOnlyList<RedriveOutcomeReader> marked, IReadOnlyList<(string Name, Uri Address)> services, TimeProvider time) : IDisposable
{
    // Owners look for what is to be redriven every MessagingOptions.Consumer.OperatorPollInterval, 2 s.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly ServiceReader _http = new();

    /// <summary>Returns as soon as nothing is being redriven any more; at the latest after <paramref name="atMost"/>.</summary>
    public async Task<RedriveOutcome> RunAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            var isOver = time.GetElapsedTime(begun) >= atMost;
            var letters = new List<(RedriveOutcomeReader Reader, IReadOnlyList<DeadLetter> Letters)>();
            foreach (var reader in marked)
            {
                letters.Add((reader, await reader.ReadAsync(cancellationToken)));
            }

            if (isOver || letters.TrueForAll(service => service.Letters.All(letter => letter.State != DeadLetterState.Redriving)))
            {
                return await OutcomeAsync(letters, cancellationToken);
            }

            await Task.Delay(Interval, time, cancellationToken);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<RedriveOutcome> OutcomeAsync(
        List<(RedriveOutcomeReader Reader, IReadOnlyList<DeadLetter> Letters)> services, CancellationToken cancellationToken)
    {
        var failed = services.SelectMany(service => service.Letters.Where(service.Reader.HasFailedAgain)).ToList();
        var waiting = new List<(string, int, string)>();
        foreach (var (reader, letters) in services)
        {
            foreach (var group in letters.Where(letter => letter.State == DeadLetterState.Redriving).GroupBy(letter => letter.Group, StringComparer.Ordinal))
            {
                waiting.Add((group.Key, group.Count(), await WhyAsync(reader, group.Key, cancellationToken)));
            }
        }

        return new RedriveOutcome(
            Applied: services.Sum(service => service.Reader.Count - service.Letters.Count(letter => letter.State != DeadLetterState.Redriven)),
            Discarded: services.Sum(service => service.Letters.Count(letter => letter.State == DeadLetterState.Discarded)),
            Failed: failed,
            Behind: services.Sum(service => service.Letters.Count(letter => letter.State == DeadLetterState.Parked)) - failed.Count,
            Waiting: waiting);
    }

    private async Task<string> WhyAsync(RedriveOutcomeReader reader, string group, CancellationToken cancellationToken)
    {
        var activity = (await reader.ActivityAsync(cancellationToken)).GetValueOrDefault(group) ?? new GroupActivity(null, null);
        if (activity.PausedBy is { } by)
        {
            return $"{by} lets the group pause";
        }

        if (!activity.IsSeen)
        {
            return $"no sign of a member{(activity.SinceSeen is { } since ? $" for {since.TotalSeconds:0} s" : "")}: it goes on when the service runs";
        }

        var told = await Task.WhenAll(services.Select(service => _http.ReadAsync(service, cancellationToken)));
        return told.SelectMany(service => service.Problems)
            .FirstOrDefault(problem => problem.Check == "consumer" && problem.Description?.Contains($"'{group}'", StringComparison.Ordinal) == true)
            .Description ?? "its service runs, and has not come to it yet";
    }
}
