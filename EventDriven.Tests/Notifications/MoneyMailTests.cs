using EventDriven.Tests.Services;
using Notifications.Worker.Messages;

namespace EventDriven.Tests.Notifications;

/// <summary>What customers are told about their money.</summary>
public sealed class MoneyMailTests(Servers servers) : IAsyncLifetime
{
    private readonly Guid _order = Orders.NewId();
    private NotificationsService _notifications = null!;

    public async ValueTask InitializeAsync()
    {
        _notifications = await NotificationsService.CreateAsync(servers);
        await _notifications.PlaceAsync(_order);
    }

    public ValueTask DisposeAsync() => _notifications.DisposeAsync();

    [Theory]
    [InlineData("3.4", "Your payment of 2.00 EUR for order {0} has arrived. Thank you. 3.40 EUR of your order are still to be paid.")]
    [InlineData("0", "Your payment of 2.00 EUR for order {0} has arrived. Thank you. Your order is paid.")]
    [InlineData(null, "Your payment of 2.00 EUR for order {0} has arrived. Thank you.")]
    public async Task Payment_says_what_is_still_to_be_paid(string? outstanding, string text)
    {
        await _notifications.PayAsync(
            _order, 2m, outstanding is null ? null : decimal.Parse(outstanding, System.Globalization.CultureInfo.InvariantCulture));

        await SaysAsync(MessageKind.PaymentReceived, text);
    }

    [Theory]
    [InlineData("5.4", "Your order {0} was cancelled. The 5.40 EUR that you have paid will be returned to you; we will write "
        + "again when that is done.")]
    [InlineData("0", "Your order {0} was cancelled.")]
    [InlineData(null, "Your order {0} was cancelled.")]
    public async Task Cancellation_of_a_paid_order_says_that_the_money_comes_back(string? refundDue, string text)
    {
        await _notifications.CancelAsync(
            _order, refundDue is null ? null : decimal.Parse(refundDue, System.Globalization.CultureInfo.InvariantCulture));

        await SaysAsync(MessageKind.OrderCancelled, text);
    }

    [Theory]
    [InlineData(5.4, "The 5.40 EUR that you have paid will be returned to you")]
    [InlineData(0, "You will not be charged.")]
    public async Task Rejection_says_what_becomes_of_the_money(double refundDue, string text)
    {
        await _notifications.RejectPaidAsync(_order, (decimal)refundDue);

        await SaysAsync(MessageKind.OrderRejected, text);
    }

    [Fact]
    public async Task Refund_says_how_much_went_back()
    {
        await _notifications.RefundAsync(_order, 5.4m);

        await SaysAsync(MessageKind.PaymentRefunded, "We have refunded 5.40 EUR for order {0}.");
    }

    [Theory]
    [InlineData("order-cancelled", "but the order was cancelled")]
    [InlineData("order-rejected", "but the order cannot be fulfilled")]
    [InlineData("exceeds-total", "but that is more than was still to be paid")]
    [InlineData("of-another-version", "but the order does not need it")]
    public async Task Payment_that_the_order_does_not_take_says_why_it_comes_back(string reason, string text)
    {
        await _notifications.RefusePaymentAsync(_order, 5.4m, reason);

        await SaysAsync(MessageKind.PaymentRefused, "We have received a payment of 5.40 EUR for order {0}, " + text);
    }

    [Fact]
    public async Task Several_payments_of_an_order_are_no_doubled_effect()
    {
        foreach (var reference in (string[])["first", "second"])
        {
            await _notifications.PayAsync(_order, 1m, reference: reference);
            await _notifications.RefusePaymentAsync(_order, 5.4m, "exceeds-total", reference);
            await _notifications.RefundAsync(_order, 5.4m, reference);
        }

        Assert.Equal(
            [
                MessageKind.PaymentReceived, MessageKind.PaymentReceived, MessageKind.PaymentRefunded, MessageKind.PaymentRefunded,
                MessageKind.PaymentRefused,
                MessageKind.PaymentRefused,
            ],
            await KindsAsync());
        Assert.Empty(await _notifications.DoubledEffectsAsync());
    }

    [Fact]
    public async Task Payment_that_another_event_tells_again_is_one_message_of_its_kind()
    {
        for (var told = 0; told < 2; told++)
        {
            await _notifications.PayAsync(_order, 1m);
            await _notifications.RefusePaymentAsync(_order, 1m, "exceeds-total");
            await _notifications.RefundAsync(_order, 1m);
        }

        Assert.Equal([MessageKind.PaymentReceived, MessageKind.PaymentRefunded, MessageKind.PaymentRefused], await KindsAsync());
    }

    /// <summary>As a message that was written before messages kept it.</summary>
    [Fact]
    public async Task Message_without_a_reference_is_not_compared()
    {
        await _notifications.PayAsync(_order, 1m);
        await _notifications.ForgetReferencesAsync();

        await _notifications.PayAsync(_order, 2m);

        Assert.Equal([MessageKind.PaymentReceived, MessageKind.PaymentReceived], await KindsAsync());
    }

    // Without the one that tells of the order.
    private async Task<IEnumerable<string>> KindsAsync() => (await _notifications.MessagesAsync(_order))
        .Select(m => m.Kind).Where(kind => kind != MessageKind.OrderReceived).Order(StringComparer.Ordinal);

    private async Task SaysAsync(string kind, string text)
    {
        await _notifications.SendAsync();

        Assert.Contains(
            string.Format(System.Globalization.CultureInfo.InvariantCulture, text, _order), await _notifications.TextAsync(_order, kind),
            StringComparison.Ordinal);
    }
}
