using EventDriven.Messaging;
using EventDriven.Tests.Services;
using MimeKit;
using Notifications.Worker.Messages;
using Notifications.Worker.Sending;

namespace EventDriven.Tests.Notifications;

public sealed class MessageTests(Servers servers)
{
    private readonly Guid _order = Orders.NewId();

    [Fact]
    public async Task Every_fact_becomes_one_message_and_one_file()
    {
        await using var notifications = await NotificationsService.CreateAsync(servers);
        var (customer, outOfStock) = (Orders.NewId(), Orders.NewId());
        await notifications.PlaceAsync(_order);
        await notifications.ConfirmAsync(_order);
        await notifications.PlaceAsync(outOfStock);
        await notifications.RejectAsync(outOfStock, "honey-acacia", "pot-iron");
        await notifications.CancelAsync(_order);
        await notifications.PayAsync(_order, 1234.5m);
        await notifications.SignUpAsync(customer, "new@customers.example", "Zoë");

        await notifications.SendAsync();

        var messages = (await notifications.MessagesAsync(_order)).Concat(await notifications.MessagesAsync(outOfStock)).ToList();
        Assert.Equal(
            [
                MessageKind.OrderCancelled, MessageKind.OrderConfirmed, MessageKind.OrderReceived, MessageKind.OrderReceived,
                MessageKind.OrderRejected,
                MessageKind.PaymentReceived,
            ],
            messages.Select(m => m.Kind).Order(StringComparer.Ordinal));
        Assert.All(messages, m => Assert.Equal(("Sent", 1), (m.State, m.Attempts)));
        var welcome = await notifications.MessageAsync(customer);
        Assert.Equal(
            messages.Append(welcome).Select(m => m.Id + ".eml").Order(StringComparer.Ordinal),
            notifications.Files().Select(f => Path.GetFileName(f)));

        var mails = await Task.WhenAll(notifications.Files().Select(f => MimeMessage.LoadAsync(f, TestContext.Current.CancellationToken)));
        var paid = mails.Single(m => m.Subject == "We have received your payment");
        Assert.Contains($"1234.50 EUR for order {_order}", paid.TextBody, StringComparison.Ordinal);
        Assert.Equal("someone@customers.example", paid.To.ToString());
        var welcomed = mails.Single(m => m.MessageId == $"{welcome.Id}@eventdriven.example");
        Assert.Equal(("Welcome, Zoë", "new@customers.example"), (welcomed.Subject, welcomed.To.ToString()));
        Assert.Contains("2 x mug-blue", mails.First(m => m.Subject == "We have received your order").TextBody, StringComparison.Ordinal);
        Assert.Contains(
            "honey-acacia, pot-iron", mails.Single(m => m.Subject == "We cannot fulfil your order").TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_was_written_twice_is_a_doubled_effect()
    {
        await using var notifications = await NotificationsService.CreateAsync(servers);
        await notifications.PlaceAsync(_order);
        await notifications.ConfirmAsync(_order);
        await notifications.ConfirmAsync(Orders.NewId());
        await notifications.PayAsync(_order, 5m, reference: "first");
        await notifications.PayAsync(_order, 5m, reference: "second");
        Assert.Empty(await notifications.DoubledEffectsAsync());

        await notifications.DoubleAsync(_order, MessageKind.OrderConfirmed);

        Assert.Equal([$"notifications order-confirmed written 2 times {_order}"], await notifications.DoubledEffectsAsync());
    }

    [Fact]
    public async Task A_payment_that_is_read_before_its_order_waits_for_the_address()
    {
        await using var notifications = await NotificationsService.CreateAsync(servers);
        await notifications.PayAsync(_order, 5m);
        await notifications.SendAsync();
        Assert.Equal(
            ("Pending", 0), ((await notifications.MessageAsync(_order)).State, (await notifications.MessageAsync(_order)).Attempts));

        await notifications.PlaceAsync(_order);
        await notifications.SendAsync();

        Assert.All(await notifications.MessagesAsync(_order), m => Assert.Equal("Sent", m.State));
        Assert.Equal(2, notifications.Files().Count);
    }

    [Fact]
    public async Task The_sender_is_woken_by_the_commit()
    {
        await using var notifications = await NotificationsService.CreateAsync(servers);
        await notifications.StartSendingAsync();

        await notifications.PlaceAsync(_order);

        await Eventually.TrueAsync(async () => (await notifications.MessageAsync(_order)).State == "Sent");
    }

    [Fact]
    public async Task An_event_that_is_delivered_five_times_is_one_mail()
    {
        var transport = new RecordingTransport();
        await using var notifications = await NotificationsService.CreateAsync(servers, transport: transport);
        var eventId = Orders.NewId();
        var effects = 0;
        for (var i = 0; i < 5; i++)
        {
            effects += await notifications.PlaceAsync(_order, eventId: eventId) ? 1 : 0;
            await notifications.SendAsync();
        }

        Assert.Equal(1, effects);
        Assert.Equal([$"{EventIdentity.Of("/test", eventId.ToString())}.order-received@eventdriven.example"], transport.Received);
    }

    [Fact]
    public async Task Senders_side_by_side_send_each_message_once()
    {
        var transport = new RecordingTransport(async _ =>
        {
            await Task.Yield();
            return MailOutcome.Sent;
        });
        await using var notifications = await NotificationsService.CreateAsync(servers, transport: transport);
        for (var i = 0; i < 2 * MailBatch.Size; i++)
        {
            await notifications.PlaceAsync(Orders.NewId());
        }

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => notifications.SendAsync()));
        await notifications.SendAsync();

        Assert.Equal(2 * MailBatch.Size, transport.Received.Count);
        Assert.Equal(2 * MailBatch.Size, transport.Received.Distinct(StringComparer.Ordinal).Count());
    }

    /// <summary>Law L11: the window that e-mail leaves open, and what bounds it.</summary>
    [Fact]
    public async Task A_sender_that_dies_after_handing_over_leads_to_the_same_Message_ID_again_after_its_lease()
    {
        var dies = true;
        var transport = new RecordingTransport(
            _ => dies ? throw new TimeoutException("the process is gone") : Task.FromResult(MailOutcome.Sent));
        await using var notifications = await NotificationsService.CreateAsync(servers, transport: transport);
        await notifications.PlaceAsync(_order);
        await Assert.ThrowsAsync<TimeoutException>(notifications.SendAsync);

        dies = false;
        await notifications.SendAsync();
        Assert.Single(transport.Received);

        await notifications.PassAsync(new MailOptions().Lease);
        await notifications.SendAsync();
        await notifications.SendAsync();

        Assert.Equal(2, transport.Received.Count);
        Assert.Single(transport.Received.Distinct(StringComparer.Ordinal));
        Assert.Equal("Sent", (await notifications.MessageAsync(_order)).State);
    }

    [Fact]
    public async Task A_message_that_was_written_by_a_clock_that_was_ahead_is_sent_at_once_when_it_is_set_right()
    {
        await using var notifications = await NotificationsService.CreateAsync(servers);
        notifications.SetClock(TimeSpan.FromMinutes(10));
        await notifications.PlaceAsync(_order);
        notifications.SetClock(-TimeSpan.FromMinutes(10));

        await notifications.SendAsync();

        Assert.Equal("Sent", (await notifications.MessageAsync(_order)).State);
    }

    [Fact]
    public async Task A_lease_of_an_instance_whose_clock_was_ahead_ends_in_its_time()
    {
        var dies = true;
        var transport = new RecordingTransport(
            _ => dies ? throw new TimeoutException("the process is gone") : Task.FromResult(MailOutcome.Sent));
        await using var notifications = await NotificationsService.CreateAsync(servers, transport: transport);
        await notifications.PlaceAsync(_order);
        notifications.SetClock(TimeSpan.FromMinutes(10));
        await Assert.ThrowsAsync<TimeoutException>(notifications.SendAsync);
        notifications.SetClock(-TimeSpan.FromMinutes(10));

        dies = false;
        await notifications.PassAsync(new MailOptions().Lease);
        await notifications.SendAsync();

        Assert.Equal("Sent", (await notifications.MessageAsync(_order)).State);
    }
}
