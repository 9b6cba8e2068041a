using EventDriven.Chaos.Histories;

namespace EventDriven.Tests.Chaos.Simulation;

/// <summary>Clients: they send requests, some answers to which are lost, and repeat those until they are answered.</summary>
internal sealed class SimulatedClients(World world, SimulatedCheckout checkout, SimulatedInventory inventory, SimulatedLog log)
{
    private static readonly string[] Topics = ["orders.v1", "payments.v1", "inventory.v1", "customers.v1"];
    private static readonly string[] Skus = [.. SimulatedInventory.Initial.Keys];

    private readonly List<Operation> _history = [];
    private readonly Dictionary<string, Order> _unanswered = new(StringComparer.Ordinal);
    private readonly List<(string Key, Order Order)> _answered = [];
    private readonly Queue<Action> _late = [];

    /// <summary>What they know.</summary>
    public IReadOnlyList<Operation> History => _history;

    /// <summary>Whether requests are to be repeated, or have not arrived yet.</summary>
    public bool HasWork => _unanswered.Count > 0 || _late.Count > 0;

    /// <summary>Sends some request.</summary>
    public void Send()
    {
        switch (world.Number(20))
        {
            case <= 9:
                var lines = new[] { new OperationLine(world.Pick(Skus), world.Number(4)) };
                Place(
                    world.NewId().ToString(), OperationKind.Place,
                    new Order(world.NewId(), lines, IsImmediate: world.Chance(0.2), IsInvalid: world.Chance(0.1)));
                break;
            case <= 12:
                OfOrder(order => Note(OperationKind.Cancel, order.Id, key: null, cause => checkout.Cancel(order.Id, cause)));
                break;
            case <= 15:
                OfOrder(order => Pay(order.Id));
                break;
            case 16:
                SignUp(world.NewId());
                break;
            case 17 when checkout.SignedUp.Count > 0:
                Forget(world.Pick(checkout.SignedUp));
                break;
            case 18:
                SetStock(world.Pick(Skus), world.Number(20));
                break;
            case 19 when world.Chance(0.5):
                Poison(world.Pick(Topics), $"poison-{_history.Count + 1}");
                break;
            case 19:
                // What the customer does stands behind it.
                var customer = world.NewId();
                Poison("customers.v1", customer.ToString());
                SignUp(customer);
                break;
            case 20 when _answered.Count > 0:
                var (key, known) = world.Pick(_answered);
                Place(key, OperationKind.Repeat, known);
                break;
        }
    }

    /// <summary>Repeats a request that has no answer, or one arrives that nobody waits for any more.</summary>
    public void Repeat()
    {
        if (_late.TryDequeue(out var arrive))
        {
            arrive();
            return;
        }

        var (key, order) = _unanswered.First();
        Place(key, OperationKind.Repeat, order);
    }

    private void OfOrder(Action<SimulatedOrder> send)
    {
        if (checkout.All is { Count: > 0 } orders)
        {
            send(world.Pick(orders));
        }
    }

    private void Place(string key, OperationKind kind, Order order)
    {
        var (begun, correlation) = (world.Now, $"request-{_history.Count + 1}");
        var isLost = world.Chance(0.15);
        var (status, id, answer) = isLost && world.Chance(0.3)
            ? (500, null, "")
            : checkout.Place(key, order.Customer, order.Lines, order.IsImmediate, order.IsInvalid, new Cause(correlation, correlation));
        world.Tick();
        var outcome = isLost || status >= 500 ? Outcome.Unknown : status < 300 ? Outcome.Ok : Outcome.Failed;
        if (outcome == Outcome.Unknown)
        {
            _unanswered[key] = order;
        }
        else
        {
            _unanswered.Remove(key);
            _answered.Add((key, order));
        }

        Add(
            kind, correlation, order.Customer, outcome == Outcome.Ok ? id : null, key, order.Lines, begun, outcome,
            outcome == Outcome.Unknown ? null : status, outcome == Outcome.Unknown ? null : answer);
    }

    private void Pay(Guid order)
    {
        var reference = $"pay-{_history.Count + 1}";
        for (var calls = world.Number(2); calls > 0; calls--)
        {
            Note(OperationKind.Pay, order, reference, cause => checkout.Pay(order, reference, cause));
        }
    }

    private void SignUp(Guid customer)
    {
        var key = $"key-{_history.Count + 1}";
        if (SignUp(OperationKind.SignUp, customer, key) == Outcome.Unknown && world.Chance(0.5))
        {
            SignUp(OperationKind.Repeat, customer, key);
        }
    }

    private Outcome SignUp(OperationKind kind, Guid customer, string key)
    {
        var (begun, correlation) = (world.Now, $"request-{_history.Count + 1}");
        var outcome = Deliver(mayBeLate: false, () => checkout.SignUp(customer, new Cause(correlation, correlation)));
        var isKnown = outcome == Outcome.Ok;
        Add(
            kind, correlation, isKnown ? customer : Guid.Empty, null, key, [], begun, outcome, isKnown ? 201 : null,
            isKnown ? $"{customer}" : null);
        return outcome;
    }

    private void Forget(Guid customer)
    {
        var (begun, correlation) = (world.Now, $"request-{_history.Count + 1}");
        var outcome = Deliver(mayBeLate: true, () => checkout.Forget(customer, new Cause(correlation, correlation)));
        Add(OperationKind.Forget, correlation, customer, null, null, [], begun, outcome, outcome == Outcome.Ok ? 204 : null, null);
    }

    private void SetStock(string sku, int available)
    {
        var begun = world.Now;
        var outcome = Deliver(mayBeLate: true, () => inventory.Set(sku, available));
        world.Tick();
        Add(
            OperationKind.SetStock, "", Guid.Empty, null, null, [new OperationLine(sku, available)], begun, outcome,
            outcome == Outcome.Ok ? 200 : null, null);
    }

    // The answer to some is lost: they have arrived, or will, or never do.
    private Outcome Deliver(bool mayBeLate, Action request)
    {
        if (!world.Chance(0.15))
        {
            request();
            return Outcome.Ok;
        }

        switch (world.Number(3))
        {
            case 1:
                request();
                break;
            case 2 when mayBeLate:
                _late.Enqueue(request);
                break;
        }

        return Outcome.Unknown;
    }

    private void Poison(string topic, string key)
    {
        log.Append(topic, key, fact: null);
        _history.Add(new Operation(
            _history.Count + 1, OperationKind.Poison, topic, key, Guid.Empty, null, null, [], world.Now, world.Now, Outcome.Ok,
            Status: null, AnswerHash: null));
    }

    private void Note(OperationKind kind, Guid order, string? key, Func<Cause, int> send)
    {
        var (begun, correlation) = (world.Now, $"request-{_history.Count + 1}");
        var status = send(new Cause(correlation, correlation));
        Add(
            kind, correlation, Guid.Empty, order, key, [], begun,
            world.Chance(0.1) ? Outcome.Unknown : status < 300 ? Outcome.Ok : Outcome.Failed, status, null);
    }

    private void Add(
        OperationKind kind, string correlation, Guid customer, Guid? order, string? key, IReadOnlyList<OperationLine> lines,
        DateTimeOffset begun, Outcome outcome, int? status, string? answer) => _history.Add(new Operation(
            _history.Count + 1, kind, "checkout", correlation, customer, order, key, lines, begun, world.Now, outcome, status, answer));

    private sealed record Order(Guid Customer, IReadOnlyList<OperationLine> Lines, bool IsImmediate, bool IsInvalid);
}
