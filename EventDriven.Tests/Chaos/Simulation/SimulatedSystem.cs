using EventDriven.Chaos.Checking.Effects;
using EventDriven.Chaos.Evidence;
using EventDriven.Chaos.Evidence.Logs;
using EventDriven.Chaos.Histories;

namespace EventDriven.Tests.Chaos.Simulation;

/// <summary>
/// A system like the real one, as small as can be: services with outboxes, a log with partitions, and groups with inboxes, retries, dead
/// letters, crashes, rebalances, redrives and replays, at points that a seed chooses. What it leaves behind has the shape of the real
/// evidence. It may have one defect.
/// </summary>
internal sealed class SimulatedSystem
{
    private const int Steps = 700;
    private const int GroupSteps = 8;
    private const int LagSteps = 10;
    private const int MaxQuietSteps = 20_000;

    private static readonly string[] OrderTypes =
        [EventTypes.OrderPlaced, EventTypes.OrderConfirmed, EventTypes.OrderRejected, EventTypes.OrderCancelled];

    private readonly World _world;
    private readonly SimulatedLog _log;
    private readonly SimulatedOutbox _checkoutOutbox;
    private readonly SimulatedOutbox _inventoryOutbox;
    private readonly SimulatedCheckout _checkout;
    private readonly SimulatedInventory _inventory;
    private readonly SimulatedNotifications _notifications;
    private readonly SimulatedClients _clients;
    private readonly ReadModelFold _analytics = new("analytics");
    private readonly ReadModelFold _recommendations = new("recommendations");
    private readonly List<SimulatedGroup> _groups;

    private SimulatedSystem(int seed, Defect defect)
    {
        _world = new World(seed, defect);
        _log = new SimulatedLog(_world);
        (_checkoutOutbox, _inventoryOutbox) = (new(_world, _log, "checkout"), new(_world, _log, "inventory"));
        _inventory = new SimulatedInventory(_world, _inventoryOutbox);
        _checkout = new SimulatedCheckout(_world, _checkoutOutbox, _inventory);
        _notifications = new SimulatedNotifications(_world);
        _clients = new SimulatedClients(_world, _checkout, _inventory, _log);
        _groups =
        [
            Group("checkout", ["inventory.v1"], [EventTypes.StockReserved, EventTypes.StockRejected], _checkout.Handle),
            Group("inventory", ["orders.v1"], [EventTypes.OrderPlaced, EventTypes.OrderCancelled], _inventory.Handle),
            Group(
                "notifications",
                ["orders.v1", "payments.v1", "customers.v1"],
                [
                    .. OrderTypes, EventTypes.PaymentCaptured, EventTypes.PaymentRefused, EventTypes.PaymentRefunded,
                    EventTypes.UserSignedUp, EventTypes.CustomerForgotten,
                ],
                _notifications.Handle),
            Group(
                "analytics",
                ["orders.v1", "payments.v1", "inventory.v1", "customers.v1"],
                [
                    .. OrderTypes, EventTypes.PaymentCaptured, EventTypes.PaymentRefunded, EventTypes.StockReserved,
                    EventTypes.UserSignedUp,
                ],
                record => _analytics.Apply(record.Event!.Fact),
                keepsOffsets: true),
            Group(
                "recommendations", ["orders.v1"], [EventTypes.OrderPlaced], record => _recommendations.Apply(record.Event!.Fact)),
        ];
    }

    /// <summary>A run, and what is left of it when it was left alone.</summary>
    public static (History History, SystemEvidence Evidence) Run(int seed, Defect defect)
    {
        var system = new SimulatedSystem(seed, defect);
        var lags = new List<LagReading>();
        system._inventory.Open();
        for (var i = 0; i < Steps; i++)
        {
            system._world.NextStep();
            system.Step();
            if (i % LagSteps == 0)
            {
                lags.AddRange(system._groups.Select(group => group.Lag()));
            }
        }

        var ended = system._world.Now;
        system.Quiesce();
        var history = new History(seed, World.Begin, ended, system._clients.History, system._notifications.Deaths)
        {
            Lags = lags,
            Mails = system._notifications.HandOvers,
        };
        return (history, system.Evidence());
    }

    private SimulatedGroup Group(
        string name, string[] topics, string[] types, Action<LoggedRecord> apply, bool keepsOffsets = false) =>
        new(_world, _log, name, topics, types, keepsOffsets, apply);

    private void Step()
    {
        switch (_world.Number(80))
        {
            case <= 5:
                _clients.Send();
                break;
            case <= 7 when _clients.HasWork:
                _clients.Repeat();
                break;
            case 8:
                _world.Pick([_checkoutOutbox, _inventoryOutbox]).Crash();
                break;
            case <= 10:
                _world.Pick(_groups).Crash();
                break;
            case <= 14:
                _world.Pick(_groups).Rebalance();
                break;
            case <= 17:
                _world.Pick(_groups).Redrive();
                break;
            case 18 when _world.Chance(0.3):
                _world.Pick(_groups).Replay();
                break;
            case 19 when _world.Chance(0.5):
                _log.Crash();
                break;
            case 20:
                _checkout.Refund();
                break;
            case 21:
                _checkout.ConfirmEarly();
                _checkout.CancelUnasked();
                break;
            case <= 25:
                _notifications.Send();
                break;
            default:
                Work();
                break;
        }
    }

    private void Work()
    {
        _world.Pick([_checkoutOutbox, _inventoryOutbox]).Relay();
        for (var steps = 0; steps < GroupSteps; steps++)
        {
            _world.Pick(_groups).Run();
        }
    }

    // Left alone: nothing fails any more, and an operator has had dead letters redriven.
    private void Quiesce()
    {
        foreach (var group in _groups)
        {
            group.IsFailing = false;
        }

        for (var steps = 0; steps < MaxQuietSteps && HasWork(); steps++)
        {
            _world.NextStep();
            if (_clients.HasWork)
            {
                _clients.Repeat();
            }

            _checkout.Refund();
            _checkoutOutbox.Relay();
            _inventoryOutbox.Relay();
            _notifications.Send();
            foreach (var group in _groups)
            {
                group.Run();
                group.Redrive();
            }
        }

        if (HasWork())
        {
            throw new InvalidOperationException("The simulated system does not come to rest.");
        }
    }

    private bool HasWork() => _clients.HasWork || _checkout.HasWork || _checkoutOutbox.HasWork || _inventoryOutbox.HasWork
        || _notifications.HasWork || _groups.Exists(group => group.HasWork);

    private SystemEvidence Evidence() => new(
        _log.Records,
        _checkout.Evidence,
        _inventory.Evidence,
        _notifications.Evidence,
        [.. _analytics.Rows, .. _recommendations.Rows],
        [.. _checkoutOutbox.Waiting, .. _inventoryOutbox.Waiting],
        [.. _groups.Select(group => group.Evidence)]);
}
