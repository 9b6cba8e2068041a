using EventDriven.Chaos.Checking;
using EventDriven.Chaos.Evidence;
using EventDriven.Chaos.Histories;
using EventDriven.Messaging.Operations.Status;

namespace EventDriven.Chaos.Scenarios;

/// <summary>Checks what an application has done in a scenario, by the rules of a run under faults.</summary>
/// <param name="application">The application.</param>
/// <param name="initialStock">What was in stock before it.</param>
/// <param name="began">When it began.</param>
/// <param name="lags">Watches the groups.</param>
/// <param name="time">The clock.</param>
internal sealed class ScenarioCheck(
    ScaledApplication application, IReadOnlyDictionary<string, int> initialStock, DateTimeOffset began, GroupLags lags, TimeProvider time)
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>Before a scenario.</summary>
    public static async Task<ScenarioCheck> BeginAsync(
        ScaledApplication application, GroupLags lags, TimeProvider time, CancellationToken cancellationToken) => new(
        application,
        await EvidenceReader.ReadStockAsync(application.ConnectionStrings["inventorydb"], cancellationToken),
        time.GetUtcNow(),
        lags,
        time);

    /// <summary>
    /// Waits until nothing is under way any more, and returns what is wrong then. An application that others have used has what they left:
    /// only what is about an order or a customer of the scenario counts.
    /// </summary>
    public async Task<IReadOnlyList<string>> FindAsync(IReadOnlyList<Operation> operations, CancellationToken cancellationToken)
    {
        var history = new History(seed: 0, began, time.GetUtcNow(), operations, faults: []);
        var ours = operations.Select(operation => operation.OrderId).OfType<Guid>()
            .Concat(operations.Select(operation => operation.CustomerId)).Where(id => id != Guid.Empty)
            .Select(id => id.ToString()).ToHashSet(StringComparer.Ordinal);
        var deadline = time.GetUtcNow() + Bound;
        while (true)
        {
            var found = await FindNowAsync(history, ours, cancellationToken);
            if (found.Count == 0 || time.GetUtcNow() > deadline)
            {
                return found;
            }

            await Task.Delay(Interval, time, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<string>> FindNowAsync(History history, HashSet<string> ours, CancellationToken cancellationToken)
    {
        var parts = await lags.ReadAsync(cancellationToken);
        if (parts.FirstOrDefault(part => part.Kind is StatusPartKind.Group or StatusPartKind.Outbox && part.Events != 0) is { } busy)
        {
            return [$"{busy.Kind} {busy.Name} is not done: {string.Join(", ", busy.Says)}"];
        }

        var evidence = await EvidenceReader.ReadAsync(
            new EvidenceSources(application.ConnectionStrings, application.MailFolder, initialStock), cancellationToken);
        return
        [
            .. Checker.Check(history, evidence)
                .Where(anomaly => anomaly.History.Append(anomaly.What).Any(line => Mentions(line, ours)))
                .Select(anomaly => $"{anomaly.Law} {anomaly.Rule}: {anomaly.What} {string.Join("; ", anomaly.History)}"),
        ];
    }

    // Ids are 36 characters, whatever stands around them.
    private static bool Mentions(string line, HashSet<string> ids)
    {
        const int Length = 36;
        var lookup = ids.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var i = 0; i + Length <= line.Length; i++)
        {
            if (line[i + 8] == '-' && lookup.Contains(line.AsSpan(i, Length)))
            {
                return true;
            }
        }

        return false;
    }
}
