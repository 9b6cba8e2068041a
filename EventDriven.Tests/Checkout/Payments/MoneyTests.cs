using Checkout.Api.Orders;
using Checkout.Api.Orders.Paying;

namespace EventDriven.Tests.Checkout.Payments;

/// <summary>The state machine of an order and its payments, on every path of up to five steps.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class MoneyTests
{
    private const int Steps = 5;
    private const decimal Total = 6.20m;
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private enum Step
    {
        StockHeld,
        StockMissing,
        StockLost,
        CustomerCancels,
        PartCaptured,
        RestCaptured,
        MoreCaptured,
        PartCapturedOtherwise,
        ProviderRefunds,
    }

    [Fact]
    public void No_path_takes_more_than_the_total_or_keeps_what_is_not_the_orders()
    {
        var paths = 0;
        foreach (var path in Paths(Steps))
        {
            var life = new Life();
            foreach (var step in path)
            {
                life.Take(step);
                life.Check(path);
            }

            paths++;
        }

        Assert.Equal((int)Math.Pow(Enum.GetValues<Step>().Length, Steps), paths);
    }

    [Fact]
    public void Payments_that_were_not_loaded_are_never_taken_for_none()
    {
        var order = Placed();
        order.Capture("part", 2m, Start);
        ((List<Payment>)order.Payments).Clear();

        Assert.Throws<InvalidOperationException>(() => order.Cancel(Start));
        Assert.Throws<InvalidOperationException>(() => order.Capture("more", 1m, Start));
    }

    private static IEnumerable<Step[]> Paths(int steps) => steps == 0
        ? [[]]
        : Paths(steps - 1).SelectMany(_ => Enum.GetValues<Step>(), (path, step) => (Step[])[.. path, step]);

    private static Order Placed() => Order.Place(
        Guid.CreateVersion7(Start),
        Guid.CreateVersion7(Start),
        "ada@example.org",
        "EUR",
        [new OrderLine { Number = 1, Sku = "tea-assam", Quantity = 1, UnitPrice = Total }],
        Start).Order;

    /// <summary>An order, and what was announced about its money.</summary>
    private sealed class Life
    {
        private const decimal Part = 2.20m;

        private readonly Order _order = Placed();
        private readonly Dictionary<string, decimal> _captured = new(StringComparer.Ordinal);
        private readonly Dictionary<string, decimal> _refused = new(StringComparer.Ordinal);
        private readonly Dictionary<string, (decimal Amount, string Reason)> _refunded = new(StringComparer.Ordinal);
        private decimal? _refundDue;

        public void Take(Step step)
        {
            switch (step)
            {
                case Step.StockHeld:
                    _order.Confirm(Start);
                    break;
                case Step.StockMissing:
                    _refundDue = _order.Reject(["tea-assam"], Start)?.RefundDue ?? _refundDue;
                    break;
                case Step.StockLost:
                    _refundDue = _order.LoseStock(Start)?.RefundDue ?? _refundDue;
                    break;
                case Step.CustomerCancels:
                    _refundDue = _order.Cancel(Start)?.RefundDue ?? _refundDue;
                    break;
                case Step.PartCaptured:
                    Capture("part", Part);
                    break;
                case Step.RestCaptured:
                    Capture("rest", Total - Part);
                    break;
                case Step.MoreCaptured:
                    Capture("more", Total);
                    break;
                case Step.PartCapturedOtherwise:
                    Capture("part", Part + 1);
                    break;
                default:
                    GiveBack();
                    break;
            }
        }

        public void Check(Step[] path)
        {
            var text = string.Join(" → ", path);
            var payments = _order.Payments;
            var ended = _order.State is OrderState.Rejected or OrderState.Cancelled;
            Assert.True(_order.Paid <= Total, text);
            Assert.True(_order.Paid == _captured.Values.Sum(), text);
            Assert.True(_order.Outstanding == (ended ? 0 : Total - _order.Paid), text);

            // Each reference is known once, and announced once: as taken or as refused.
            Assert.True(payments.Count == _captured.Count + _refused.Count, text);
            Assert.True(
                payments.All(
                    p => p.IsTaken ? _captured[p.ProviderReference] == p.Amount : _refused[p.ProviderReference] == p.Amount), text);

            // What isn't the order's is owed back, what is isn't, and it goes back once.
            Assert.True(payments.All(p => (p.Refund is not null) == (ended || !p.IsTaken)), text);
            Assert.True(payments.All(p => p.Refund?.State == RefundState.Refunded == _refunded.ContainsKey(p.ProviderReference)), text);
            Assert.True(
                _refunded.All(
                    r => payments.Single(p => p.ProviderReference == r.Key) is var p && p.Amount == r.Value.Amount
                        && p.Refund!.Reason == r.Value.Reason), text);
            Assert.True(_refundDue == (ended ? _order.Paid : null), text);
        }

        private void Capture(string reference, decimal amount)
        {
            var known = _captured.TryGetValue(reference, out var before) || _refused.TryGetValue(reference, out before);
            var (outstanding, open) = (_order.Outstanding, _order.State is OrderState.Placed or OrderState.Confirmed);
            switch (_order.Capture(reference, amount, Start))
            {
                case CaptureOutcome.Taken taken:
                    Assert.True(!known && open && amount <= outstanding);
                    Assert.Equal(outstanding - amount, taken.Fact.Outstanding);
                    _captured.Add(taken.Fact.ProviderReference, taken.Fact.Amount);
                    break;
                case CaptureOutcome.Refused refused:
                    Assert.True(!known && (!open || amount > outstanding));
                    Assert.Equal(open ? "exceeds-total" : $"order-{_order.State}".ToLowerInvariant(), refused.Fact.Reason);
                    _refused.Add(refused.Fact.ProviderReference, refused.Fact.Amount);
                    break;
                case CaptureOutcome.Repeated:
                    Assert.True(known && before == amount);
                    break;
                default:
                    Assert.True(known && before != amount);
                    break;
            }
        }

        private void GiveBack()
        {
            foreach (var payment in _order.Payments)
            {
                if (payment.Refund is null)
                {
                    Assert.Throws<InvalidOperationException>(() => payment.GiveBack(Start));
                }
                else if (payment.GiveBack(Start) is { } refunded)
                {
                    _refunded.Add(refunded.ProviderReference, (refunded.Amount, refunded.Reason));
                }
            }
        }
    }
}
