using System.Text.Json;
using EventDriven.Chaos.Histories;
using EventDriven.Chaos.Schedules;

namespace EventDriven.Chaos.Load;

/// <summary>Draws the requests of a run. Not for concurrent use, but for <see cref="Note"/>.</summary>
internal sealed class Requests(Random random, TimeProvider time)
{
    /// <summary>Of what there is little, so that orders are refused.</summary>
    public const string Scarce = "honey-acacia";

    private const int Plenty = 1_000_000;
    private const int MostScarce = 60;
    private const int Remembered = 300;

    private static readonly string[] Skus =
    [
        "tea-earl-grey", "tea-sencha", "tea-assam", "tea-darjeeling", "tea-oolong", "tea-rooibos",
        "mug-blue", "mug-white", "kettle-steel", "pot-iron", "filter-paper", Scarce,
    ];

    private static readonly string[] Currencies = ["EUR", "USD", "GBP"];

    private readonly Lock _gate = new();
    private readonly List<(Guid Id, decimal Total, string Currency, Guid CustomerId)> _open = [];
    private readonly List<Guid> _customers = [];
    private readonly List<ClientRequest> _answered = [];

    /// <summary>Whether some orders ask to wait until they are decided (<c>Prefer: wait</c>).</summary>
    public bool Waits { get; init; } = true;

    /// <summary>Says what is in stock, before anything is ordered.</summary>
    public static IEnumerable<ClientRequest> Stock() => Skus.Select(sku => SetStock("inventory", sku, sku == Scarce ? MostScarce : Plenty));

    /// <summary>The next request, and what it is in the history.</summary>
    public (ClientRequest Request, OperationKind Kind) Next()
    {
        var draw = random.Next(100);
        var request = draw switch
        {
            < 8 => Cancel(),
            < 20 => Pay(),
            < 26 => SignUp(),
            < 27 => Forget(),
            < 29 => SetStock(Instance("inventory"), Scarce, random.Next(MostScarce)),
            < 37 when Repeat() is { } again => again,
            _ => null,
        };
        return request is null ? (Place(), OperationKind.Place)
            : (request, draw is >= 29 and < 37 ? request.Again : request.Kind);
    }

    /// <summary>Notes an answer, for the requests that build on it.</summary>
    public void Note(ClientAnswer answer)
    {
        if (answer.Operation.Outcome != Outcome.Ok)
        {
            return;
        }

        lock (_gate)
        {
            var (request, operation) = (answer.Request, answer.Operation);
            switch (operation.Kind)
            {
                case OperationKind.Place when operation.OrderId is { } id && answer.Total is { } total:
                    Keep(_open, (id, total, request.Currency!, operation.CustomerId));
                    Keep(_answered, request);
                    break;
                case OperationKind.SignUp:
                    Keep(_customers, operation.CustomerId);
                    Keep(_answered, request);
                    break;
                case OperationKind.Pay or OperationKind.Cancel:
                    Keep(_answered, request);
                    break;
            }
        }
    }

    private static void Keep<T>(List<T> list, T item)
    {
        list.Add(item);
        if (list.Count > Remembered)
        {
            list.RemoveAt(0);
        }
    }

    private ClientRequest Place()
    {
        var (customer, currency) = (Customer(), Pick(Currencies));
        var lines = Enumerable.Range(0, 1 + random.Next(3)).Select(_ => Pick(Skus)).Distinct(StringComparer.Ordinal)
            .Select(sku => new OperationLine(sku, 1 + random.Next(3))).ToList();
        return new ClientRequest(OperationKind.Place, Instance("checkout"), HttpMethod.Post, "/orders", customer)
        {
            Key = $"{NewId()}",
            Lines = lines,
            Currency = currency,
            Prefer = random.Next(100) < 15 && Waits ? $"wait={1 + random.Next(5)}" : null,
            Body = JsonSerializer.Serialize(new
            {
                customerId = customer,
                email = $"{customer:N}@example.org",
                currency,
                lines = lines.Select(line => new { sku = line.Sku, quantity = line.Quantity }),
                reservation = random.Next(100) < 20 ? "immediate" : "eventual",
            }),
        };
    }

    private ClientRequest? Cancel() => Take(_open) is { } order
        ? new ClientRequest(OperationKind.Cancel, Instance("checkout"), HttpMethod.Post, $"/orders/{order.Id}/cancel", order.CustomerId)
        {
            OrderId = order.Id,
        }
        : null;

    private ClientRequest? Pay() => Take(_open, keeps: random.Next(4) == 0) is { } order
        ? new ClientRequest(OperationKind.Pay, Instance("checkout"), HttpMethod.Post, "/payments/webhook", order.CustomerId)
        {
            OrderId = order.Id,
            Key = $"pay-{order.Id:N}",
            Body = JsonSerializer.Serialize(new
            {
                orderId = order.Id,
                providerReference = $"pay-{order.Id:N}",
                amount = order.Total,
                currency = order.Currency,
            }),
        }
        : null;

    private ClientRequest SignUp() => new(OperationKind.SignUp, Instance("checkout"), HttpMethod.Post, "/customers", Guid.Empty)
    {
        Key = $"{NewId()}",
        Body = JsonSerializer.Serialize(new { email = $"{NewId():N}@example.org", name = "Somebody" }),
    };

    private ClientRequest? Forget() => Take(_customers) is { } customer && customer != Guid.Empty
        ? new ClientRequest(OperationKind.Forget, Instance("checkout"), HttpMethod.Delete, $"/customers/{customer}", customer)
        : null;

    private ClientRequest? Repeat()
    {
        lock (_gate)
        {
            // Perhaps by another instance than the first time.
            return _answered.Count == 0 ? null : _answered[random.Next(_answered.Count)] with { Instance = Instance("checkout") };
        }
    }

    private static ClientRequest SetStock(string instance, string sku, int available) =>
        new(OperationKind.SetStock, instance, HttpMethod.Put, $"/stock/{sku}", Guid.Empty)
        {
            Lines = [new OperationLine(sku, available)],
            Body = JsonSerializer.Serialize(new { available }),
        };

    private Guid Customer()
    {
        lock (_gate)
        {
            return _customers.Count > 0 && random.Next(100) < 30 ? _customers[random.Next(_customers.Count)] : NewId();
        }
    }

    private T? Take<T>(List<T> list, bool keeps = false)
        where T : struct
    {
        lock (_gate)
        {
            if (list.Count == 0)
            {
                return null;
            }

            var index = random.Next(list.Count);
            var item = list[index];
            if (!keeps)
            {
                list.RemoveAt(index);
            }

            return item;
        }
    }

    private string Instance(string service) => Pick([.. Topology.InstancesOf(service)]);

    private string Pick(string[] list) => list[random.Next(list.Length)];

    private Guid NewId() => Guid.CreateVersion7(time.GetUtcNow());
}
