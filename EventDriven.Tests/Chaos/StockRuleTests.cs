using EventDriven.Chaos.Checking.Effects;
using EventDriven.Chaos.Checking.Rules;
using EventDriven.Chaos.Evidence;
using EventDriven.Chaos.Evidence.Checkout;
using EventDriven.Chaos.Evidence.Inventory;
using EventDriven.Chaos.Evidence.Logs;
using EventDriven.Chaos.Evidence.Notifications;
using EventDriven.Chaos.Histories;
using EventDriven.Contracts.Inventory;
using EventDriven.Messaging;

namespace EventDriven.Tests.Chaos;

/// <summary>What must be in stock when a quantity is set while orders come in.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class StockRuleTests
{
    private const string Sku = "mug";
    private const int Initial = 10;
    private const int Set = 30;

    private static readonly DateTimeOffset Begin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset SetBegun = Begin.AddSeconds(10);
    private static readonly DateTimeOffset SetEnded = Begin.AddSeconds(12);

    [Theory]
    [InlineData(8, true)]
    [InlineData(9, false)]
    [InlineData(7, false)]
    public void What_is_available_is_what_there_was_less_what_was_taken(int available, bool isRight) =>
        Is(isRight, available, settings: [], OrderAt(1));

    [Theory]
    [InlineData(30, true)]
    [InlineData(28, false)]
    public void An_order_from_before_a_setting_is_in_it(int available, bool isRight) =>
        Is(isRight, available, [Setting(Outcome.Ok)], OrderAt(1));

    [Theory]
    [InlineData(28, true)]
    [InlineData(30, false)]
    public void An_order_from_after_a_setting_counts(int available, bool isRight) =>
        Is(isRight, available, [Setting(Outcome.Ok)], OrderAt(20));

    [Theory]
    [InlineData(28, true)]
    [InlineData(30, true)]
    [InlineData(27, false)]
    [InlineData(31, false)]
    public void Of_an_order_at_the_time_of_a_setting_either_is_right(int available, bool isRight) =>
        Is(isRight, available, [Setting(Outcome.Ok)], OrderAt(11));

    [Theory]
    [InlineData(8, true)]
    [InlineData(28, true)]
    [InlineData(30, true)]
    [InlineData(17, false)]
    public void A_quantity_that_was_perhaps_set_was_set_at_any_time_from_then_on_or_never(int available, bool isRight) =>
        Is(isRight, available, [Setting(Outcome.Unknown)], OrderAt(20));

    [Theory]
    [InlineData(30, true)]
    [InlineData(50, true)]
    [InlineData(40, false)]
    public void Of_two_settings_at_a_time_either_may_be_the_last(int available, bool isRight) =>
        Is(isRight, available, [Setting(Outcome.Ok), Setting(Outcome.Ok, 50)], OrderAt(1));

    [Theory]
    [InlineData(30, true)]
    [InlineData(28, true)]
    [InlineData(25, true)]
    [InlineData(27, false)]
    public void Orders_whose_time_is_known_are_in_order_around_a_setting(int available, bool isRight)
    {
        var found = Check(available, [Setting(Outcome.Ok)], OrderAt(11, 3), OrderAt(12));

        Assert.Equal(isRight, found.Count == 0);
    }

    [Fact]
    public void A_hold_that_was_given_back_may_be_later_than_its_time_says()
    {
        // Its reservation changed before the quantity was set, perhaps only waiting for the lock.
        var hold = OrderAt(1, 4) with { State = "Cancelled", Placed = false };

        Assert.Empty(Check(Set + 4, [Setting(Outcome.Ok)], hold));
        Assert.NotEmpty(Check(Set + 5, [Setting(Outcome.Ok)], hold));
    }

    [Fact]
    public void Orders_that_took_more_than_there_was_are_found_though_a_quantity_was_set_later()
    {
        var (first, second) = (OrderAt(1, 8), OrderAt(2, 8));

        Assert.Equal(
            ["More of mug was taken than there was."],
            Check(available: Set, [Setting(Outcome.Ok)], first, second).Select(found => found.What));
    }

    [Fact]
    public void A_refused_setting_changes_nothing() => Is(true, available: 8, [Setting(Outcome.Failed)], OrderAt(20));

    [Fact]
    public void Orders_that_took_more_than_there_was_are_found_though_some_of_it_came_back()
    {
        var (first, second) = (OrderAt(1, 8), OrderAt(2, 8) with { State = "Released", ChangedAt = Begin.AddSeconds(3) });

        Assert.Equal(["More of mug was taken than there was."], Check(available: 2, [], first, second).Select(found => found.What));
    }

    private static void Is(bool right, int available, Operation[] settings, StoredReservation order)
    {
        var found = Check(available, settings, order);

        Assert.Equal(right, found.Count == 0);
    }

    private static List<Finding> Check(int available, Operation[] settings, params StoredReservation[] orders)
    {
        var reserved = orders.Where(order => order.IsSetAside).Sum(order => order.Lines[0].Quantity);
        var evidence = new SystemEvidence(
            [.. orders.Where(order => order.Placed).Select(Fact)],
            new CheckoutEvidence(
                [.. orders.Select(order => new StoredOrder(order.OrderId, default, "Placed", 1, 0, order.Lines, []))], [], [], [],
                new Dictionary<Guid, bool>()),
            new InventoryEvidence(
                new Dictionary<string, int>(StringComparer.Ordinal) { [Sku] = Initial },
                [new StoredStock(Sku, available, reserved)],
                orders),
            new NotificationsEvidence([], [], new Dictionary<Guid, Guid>()),
            [],
            [],
            []);
        return [.. new StockRule().Check(new CheckedRun(new History(0, Begin, Begin, settings, []), evidence))];
    }

    private static StoredReservation OrderAt(int seconds, int quantity = 2) => new(
        Guid.CreateVersion7(Begin.AddSeconds(seconds)), "Reserved", Placed: true, Begin.AddSeconds(seconds),
        [new OperationLine(Sku, quantity)]);

    // A reservation that was released changed later than it was reserved.
    private static LoggedRecord Fact(StoredReservation order)
    {
        var (id, at) = (order.OrderId.ToString(), order.State == "Released" ? order.ChangedAt.AddSeconds(-1) : order.ChangedAt);
        var fact = new StockReserved(order.OrderId, [new StockLine(Sku, order.Lines[0].Quantity)], at);
        return new LoggedRecord("inventory.v1", 0, 0, at, id, new LoggedEvent(
            EventIdentity.Of("/inventory", id), id, "/inventory", EventTypes.StockReserved, at, id, id, Content: 0, fact));
    }

    private static Operation Setting(Outcome outcome, int available = Set) => new(
        1, OperationKind.SetStock, "inventory", "", Guid.Empty, null, null, [new OperationLine(Sku, available)], SetBegun, SetEnded,
        outcome, Status: null, AnswerHash: null);
}
