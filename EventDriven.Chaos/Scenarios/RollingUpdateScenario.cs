using System.Globalization;

namespace EventDriven.Chaos.Scenarios;

/// <summary>
/// Two instances each of Checkout and Inventory stand behind load balancers, and are replaced one after the other by another version while
/// clients go on: a new instance is ready before an old one is asked to end, as in a deployment.
/// </summary>
/// <param name="application">The application, whose own instances go on beside them.</param>
/// <param name="program">Path of a project's program in the version before the update.</param>
/// <param name="nextProgram">Path of a project's program in the version after it.</param>
/// <param name="time">The clock.</param>
/// <param name="say">Receives what happens.</param>
internal sealed class RollingUpdateScenario(
    ScaledApplication application, Func<string, string> program, Func<string, string> nextProgram, TimeProvider time, Action<string> say)
{
    private const string Checkout = "checkout";
    private const string Inventory = "inventory";
    private const int Instances = 2;

    private static readonly Dictionary<string, string> Projects =
        new(StringComparer.Ordinal) { [Checkout] = "Checkout.Api", [Inventory] = "Inventory.Worker" };

    /// <summary>Which of the two versions it is, where both are one build.</summary>
    private static readonly Dictionary<string, string> Next =
        new(StringComparer.Ordinal) { ["OTEL_RESOURCE_ATTRIBUTES"] = "service.version=next" };

    // What is asked of old and new instances while nothing is replaced.
    private static readonly TimeSpan Steady = TimeSpan.FromSeconds(2);

    /// <summary>Runs it.</summary>
    /// <param name="perSecond">Requests a second, besides reading.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<RollingUpdateResult> RunAsync(int perSecond, CancellationToken cancellationToken)
    {
        await using var inventories = await LoadBalancer.StartAsync(Inventory, cancellationToken);
        await using var checkouts = await LoadBalancer.StartAsync(Checkout, cancellationToken);
        var balancers = new Dictionary<string, LoadBalancer>(StringComparer.Ordinal) { [Checkout] = checkouts, [Inventory] = inventories };
        using var lags = new GroupLags(application, time);
        var check = await ScenarioCheck.BeginAsync(application, lags, time, cancellationToken);
        using var load = new ScenarioLoad(
            application, balancers.ToDictionary(known => known.Key, known => known.Value.Address), perSecond, time);
        var started = new List<AddedInstance>();
        var gate = new Lock();
        try
        {
            var old = await Task.WhenAll(balancers.Keys.SelectMany(
                service => Enumerable.Range(1, Instances),
                (service, number) => StartAsync(service, $"{service}-old-{number}", program, [])));
            foreach (var (service, balancer) in balancers)
            {
                balancer.Balance(Of(old, service));
            }

            await load.PrepareAsync(cancellationToken);
            say("two instances each are behind load balancers, load begins");
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var running = load.RunAsync(ending.Token, cancellationToken);
            try
            {
                await Task.Delay(Steady, time, cancellationToken);
                await Task.WhenAll(balancers.Select(known => ReplaceAsync(known.Key, known.Value, [.. Of(old, known.Key)])));
                await Task.Delay(Steady, time, cancellationToken);
            }
            finally
            {
                await ending.CancelAsync();
                await running;
            }

            say(string.Create(CultureInfo.InvariantCulture, $"{load.Requests} requests, {load.Failures.Count} of them failed"));
            var wrong = await check.FindAsync(load.Operations, cancellationToken);
            return new RollingUpdateResult(
                load.Requests,
                load.Orders,
                [
                    .. balancers.Values.SelectMany(balancer => balancer.Failures), .. load.Errors,
                    .. started.Where(instance => instance.WasKilled).Select(instance => $"{instance.Name} did not end"),
                ],
                load.Failures,
                wrong,
                balancers.Values.SelectMany(balancer => balancer.Sent).ToDictionary(StringComparer.Ordinal));
        }
        finally
        {
            await Task.WhenAll(started.Select(instance => instance.DisposeAsync().AsTask()));
        }

        async Task<AddedInstance> StartAsync(
            string service, string name, Func<string, string> version, Dictionary<string, string> label)
        {
            var settings = new Dictionary<string, string>(label, StringComparer.Ordinal)
            {
                ["services__inventory__http__0"] = inventories.Address.OriginalString,
            };
            var instance = await AddedInstance.StartAsync(
                application, service, name, version(Projects[service]), settings, cancellationToken);
            lock (gate)
            {
                started.Add(instance);
            }

            return instance;
        }

        async Task ReplaceAsync(string service, LoadBalancer balancer, List<AddedInstance> behind)
        {
            foreach (var (number, former) in behind.ToList().Index())
            {
                var next = await StartAsync(service, $"{service}-new-{number + 1}", nextProgram, Next);
                behind.Add(next);
                balancer.Balance(behind);
                var asked = time.GetTimestamp();
                await former.StopAsync();
                var took = time.GetElapsedTime(asked).TotalSeconds;
                behind.Remove(former);
                balancer.Balance(behind);
                say(string.Create(
                    CultureInfo.InvariantCulture, $"{former.Name} ended {took:0.0} s after it was asked to; {next.Name} has its place"));
            }
        }
    }

    private static IEnumerable<AddedInstance> Of(IEnumerable<AddedInstance> instances, string service) =>
        instances.Where(instance => instance.Name.StartsWith($"{service}-", StringComparison.Ordinal));
}
