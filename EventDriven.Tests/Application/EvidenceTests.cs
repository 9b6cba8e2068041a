using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using EventDriven.Chaos.Checking;
using EventDriven.Chaos.Evidence;
using EventDriven.Chaos.Histories;
using EventDriven.Contracts;
using EventDriven.Tests.Application.Harness;

namespace EventDriven.Tests.Application;

/// <summary>The checker of a run under faults reads a real system: it finds nothing wrong, and misses what is taken away.</summary>
[Collection(ApplicationTests.Name)]
public sealed class EvidenceTests(OneOfEach application) : IAsyncDisposable
{
    // Other tests order it, too, but one test runs at a time.
    private const string Sku = "tea-oolong";
    private const int Stock = 5;

    // Four orders were placed, three of them confirmed, one cancelled and one rejected; two were paid, and one payment went back.
    private const int Facts = 9;
    private const int Messages = Facts + 2 + 1 + 1;

    private readonly SystemClient _client = application.Client;
    private readonly string _name = $"checked-{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}";
    private readonly List<Operation> _operations = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_real_system_has_no_anomaly_and_what_is_taken_from_its_evidence_is_missed()
    {
        var began = TimeProvider.System.GetUtcNow();
        await NoteAsync(OperationKind.SetStock, async request =>
        {
            await _client.SetStockAsync(Sku, Stock);
            return request with { Lines = [new OperationLine(Sku, Stock)], Status = 200 };
        });
        var customer = await NoteAsync(
            OperationKind.SignUp,
            async request => request with { CustomerId = await _client.SignUpAsync($"{_name}@example.org", "Ada"), Status = 201 });
        var kept = await PlaceAsync(customer.CustomerId, quantity: 2);
        var immediate = await PlaceAsync(customer.CustomerId, quantity: 1, reservation: "immediate");
        var cancelled = await PlaceAsync(customer.CustomerId, quantity: 1);
        var rejected = await PlaceAsync(customer.CustomerId, quantity: Stock + 1);
        await _client.ReachesAsync(kept, "Confirmed");
        await _client.ReachesAsync(cancelled, "Confirmed");
        await _client.ReachesAsync(rejected, "Rejected");
        await PayAsync(kept);
        await PayAsync(cancelled);
        await NoteAsync(OperationKind.Cancel, async request =>
            request with { OrderId = cancelled, Status = (int)await CancelledAsync(cancelled) });
        var history = new History(seed: 0, began, began, _operations, faults: []);

        // What other tests left behind is not looked at.
        string[] ours = [kept.ToString(), immediate.ToString(), cancelled.ToString(), rejected.ToString(), $"{customer.CustomerId}", Sku];
        var evidence = await QuietAsync(history, ours);

        Assert.Equal(4, evidence.Checkout.Orders.Count(order => order.CustomerId == customer.CustomerId));
        Assert.Equal(Facts, evidence.Log.Count(record => record.Topic == Topics.Orders.Name && ours.Contains(record.Key)));
        Assert.Equal(5, evidence.Groups.Count);
        Misses("StoredOffset", history, ours, WithoutInboxRow(evidence, "inventory", kept));
        Misses("Message", history, ours, evidence with
        {
            Notifications = evidence.Notifications with { Messages = [.. evidence.Notifications.Messages.Where(m => m.About != kept)] },
        });
        Misses("Mail", history, ours, evidence with { Notifications = evidence.Notifications with { Mails = [] } });
        Misses("ReadModel", history, ours, evidence with { ReadModels = [.. evidence.ReadModels.Where(row => row.Key != $"{kept}")] });
        Misses("AcknowledgedOrder", history, ours, evidence with { Log = [.. evidence.Log.Where(record => record.Key != $"{kept}")] });

        // By more than orders explain that can't be told from before or after the setting, as quick as this is.
        var stock = evidence.Inventory.Stock.Select(item => item.Sku == Sku ? item with { Available = item.Available + Stock } : item);
        Misses("Stock", history, ours, evidence with { Inventory = evidence.Inventory with { Stock = [.. stock] } });
    }

    public ValueTask DisposeAsync() => application.TellIfFailedAsync();

    private static void Misses(string rule, History history, string[] ours, SystemEvidence evidence) =>
        Assert.Contains(Checker.Check(history, evidence), anomaly => anomaly.Rule == rule && IsAbout(anomaly, ours));

    private static bool IsAbout(Anomaly anomaly, string[] ours) =>
        anomaly.History.Append(anomaly.What).Any(line => ours.Any(line.Contains));

    private static SystemEvidence WithoutInboxRow(SystemEvidence evidence, string group, Guid order)
    {
        var placed = evidence.Log.First(record => record.Key == $"{order}" && record.Event?.Type == EventTypes.OrderPlaced);
        return evidence with
        {
            Groups =
            [
                .. evidence.Groups.Select(known => known.Name != group ? known : known with
                {
                    Inbox = known.Inbox.Where(row => row.Key != placed.Event!.Identity).ToDictionary(),
                }),
            ],
        };
    }

    /// <summary>The evidence as soon as nothing is under way any more.</summary>
    private async Task<SystemEvidence> QuietAsync(History history, string[] ours)
    {
        var sources = new EvidenceSources(
            await EvidenceReader.ConnectionStringsAsync(application.System.ConnectionStringAsync),
            Path.Combine(application.System.DataFolders[0], "mail"),
            new Dictionary<string, int>());
        await (await application.LogAsync()).CaughtUpAsync("inventory", Topics.Orders);
        var (evidence, _) = await Eventually.GetAsync(
            async () =>
            {
                var read = await EvidenceReader.ReadAsync(sources, Token);
                return (Evidence: read, Anomalies: Checker.Check(history, read)
                    .Where(anomaly => IsAbout(anomaly, ours))
                    .Select(anomaly => $"{anomaly.Rule}: {anomaly.What} {string.Join("; ", anomaly.History)}").ToList());
            },
            read => read.Anomalies.Count == 0 && read.Evidence.Notifications.Messages.Count(
                message => message.State == "Sent" && ours.Contains($"{message.About}")) == Messages,
            TimeSpan.FromSeconds(60));
        return evidence;
    }

    private async Task<Guid> PlaceAsync(Guid customer, int quantity, string? reservation = null)
    {
        var order = new OrderRequest { Sku = Sku, Quantity = quantity, CustomerId = customer, Reservation = reservation };
        var first = await NoteAsync(OperationKind.Place, request => SendAsync(request, order));
        var repeated = await NoteAsync(OperationKind.Repeat, request => SendAsync(request, order));
        Assert.Equal(first.AnswerHash, repeated.AnswerHash);
        return first.OrderId!.Value;
    }

    private async Task<Operation> SendAsync(Operation request, OrderRequest order)
    {
        // A busy machine may refuse for now: then a client asks again.
        using var response = await Eventually.GetAsync(
            () => _client.SendAsync(order with { CorrelationId = request.CorrelationId }),
            answer => answer.StatusCode != HttpStatusCode.ServiceUnavailable);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return request with
        {
            CustomerId = order.CustomerId!.Value,
            OrderId = Guid.Parse(response.Headers.Location!.OriginalString.Split('/')[^1]),
            IdempotencyKey = order.Key,
            Lines = [new OperationLine(order.Sku, order.Quantity)],
            Status = (int)response.StatusCode,
            AnswerHash = Convert.ToHexStringLower(SHA256.HashData(await response.Content.ReadAsByteArrayAsync(Token))),
        };
    }

    private Task<Operation> PayAsync(Guid order) => NoteAsync(OperationKind.Pay, async request =>
    {
        using var response = await _client.NotifyAsync(
            new { orderId = order, providerReference = $"pay-{order}", amount = 0.01m, currency = "EUR" });
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return request with { OrderId = order, IdempotencyKey = $"pay-{order}", Status = 200 };
    });

    private async Task<HttpStatusCode> CancelledAsync(Guid order)
    {
        var status = await _client.CancelAsync(order);
        Assert.Equal(HttpStatusCode.OK, status);
        return status;
    }

    private async Task<Operation> NoteAsync(OperationKind kind, Func<Operation, Task<Operation>> send)
    {
        var number = _operations.Count + 1;
        var correlation = kind is OperationKind.Place or OperationKind.Repeat
            ? string.Create(CultureInfo.InvariantCulture, $"{_name}-{number}")
            : "";
        var begun = TimeProvider.System.GetUtcNow();
        var request = await send(new Operation(
            number, kind, "checkout", correlation, Guid.Empty, null, null, [], begun, begun, Outcome.Ok, null, null));
        request = request with { Ended = TimeProvider.System.GetUtcNow() };
        _operations.Add(request);
        return request;
    }
}
