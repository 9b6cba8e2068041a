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
    /// Waits until nothing is under way any more, and returns what is wrong then with the scenario's own orders and customers.
    /// </summary>
    public async Task<IReadOnlyList<string>> FindAsync(IReadOnlyList<Operation> operations, CancellationToken cancellationToken)
    {
        var history = new History(seed: 0, began, time.GetUtcNow(), operations, faults: []);
        var deadline = time.GetUtcNow() + Bound;
        while (true)
        {
            var found = await FindNowAsync(history, cancellationToken);
            if (found.Count == 0 || time.GetUtcNow() > deadline)
            {
                return found;
            }

            await Task.Delay(Interval, time, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<string>> FindNowAsync(History history, CancellationToken cancellationToken)
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
            .. OwnAnomalies.Of(Checker.Check(history, evidence), history.Operations)
                .Select(anomaly => $"{anomaly.Law} {anomaly.Rule}: {anomaly.What} {string.Join("; ", anomaly.History)}"),
        ];
    }
}
