using System.Collections.Concurrent;
using System.Net.Http.Headers;
using EventDriven.Chaos.Histories;
using EventDriven.Chaos.Load;
using EventDriven.Chaos.Running;

namespace EventDriven.Chaos.Scenarios;

/// <summary>
/// Clients that place, pay, cancel and read orders at a steady rate while instances come and go. None sends a request again because it
/// failed.
/// </summary>
internal sealed class ScenarioLoad : IDisposable
{
    private const int Seed = 1;
    private const int ReadsEachSecond = 5;
    private const int TooMany = 429;
    private const int ServerError = 500;
    private const int Unavailable = 503;

    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(10);

    private readonly ConcurrentBag<string> _failedReads = [];
    private readonly Dictionary<string, HttpClient> _clients = new(StringComparer.Ordinal);
    private readonly OperationLog _operations;
    private readonly LoadRun _load;
    private readonly TimeProvider _time;
    private int _reads;
    private volatile int _rate;

    /// <param name="application">The application.</param>
    /// <param name="addresses">Where clients reach Checkout and Inventory, by service.</param>
    /// <param name="perSecond">Requests a second.</param>
    /// <param name="time">The clock.</param>
    public ScenarioLoad(ScaledApplication application, IReadOnlyDictionary<string, Uri> addresses, int perSecond, TimeProvider time)
    {
        (_rate, _time) = (perSecond, time);
        foreach (var (service, address) in addresses)
        {
            _clients[service] = new HttpClient
            {
                BaseAddress = address,
                Timeout = Timeout.InfiniteTimeSpan,
                DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", application.Token) },
            };
        }

        // A correlation id is unique in an application that has seen other scenarios.
        _operations = new OperationLog(Random.Shared.Next());
        _load = new LoadRun(
            new Client(instance => _clients[instance.Split('-')[0]], application.WebhookSecret, _operations, time),
            new Requests(new Random(Seed), time),
            time);
    }

    /// <summary>Everything that was asked, but for reading.</summary>
    public IReadOnlyList<Operation> Operations => _operations.All;

    /// <summary>How many requests there were, reading included.</summary>
    public int Requests => _operations.Count + Volatile.Read(ref _reads);

    /// <summary>Orders that were acknowledged.</summary>
    public int Orders => _operations.Orders;

    /// <summary>
    /// Requests that failed: not answered, or with an error of the server. What a service refuses for a reason of its own, such as the
    /// cancellation of an order that is cancelled already, is an answer.
    /// </summary>
    public IReadOnlyList<string> Failures =>
    [
        .. _operations.All.Where(operation => operation.Outcome == Outcome.Unknown || operation.Status is null or TooMany)
            .Select(operation => $"{operation}"),
        .. _failedReads,
    ];

    /// <summary>
    /// Those that were answered with an error that no service means to give: it refuses with 503 what it can't do in time.
    /// </summary>
    public IReadOnlyList<string> Errors =>
    [
        .. _operations.All.Where(operation => operation.Status is >= ServerError and not Unavailable).Select(operation => $"{operation}"),
    ];

    /// <summary>Changes the rate, requests a second.</summary>
    public void ChangeTo(int perSecond) => _rate = perSecond;

    /// <summary>Says what is in stock.</summary>
    public Task PrepareAsync(CancellationToken cancellationToken) => _load.PrepareAsync(cancellationToken);

    /// <summary>Sends requests until it is told to end, and waits for their answers.</summary>
    public Task RunAsync(CancellationToken ending, CancellationToken cancellationToken) =>
        Task.WhenAll(_load.RunAsync(() => _rate, ending, cancellationToken), ReadAsync(ending, cancellationToken));

    public void Dispose()
    {
        foreach (var client in _clients.Values)
        {
            client.Dispose();
        }
    }

    private async Task ReadAsync(CancellationToken ending, CancellationToken cancellationToken)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / ReadsEachSecond), _time);
        try
        {
            while (await tick.WaitForNextTickAsync(ending))
            {
                if (_operations.EndedSince(_time.GetUtcNow() - Recent)
                    .FirstOrDefault(operation => operation is { Kind: OperationKind.Place, OrderId: not null }) is { OrderId: { } order })
                {
                    await ReadAsync(order, cancellationToken);
                }
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // It is over.
        }
    }

    private async Task ReadAsync(Guid order, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _reads);
        try
        {
            using var answer = await _clients["checkout"].GetAsync(new Uri($"/orders/{order}", UriKind.Relative), cancellationToken);
            if (!answer.IsSuccessStatusCode)
            {
                _failedReads.Add($"order {order} was read with {(int)answer.StatusCode}");
            }
        }
        catch (HttpRequestException exception)
        {
            _failedReads.Add($"order {order} was not read: {exception.Message}");
        }
    }
}
