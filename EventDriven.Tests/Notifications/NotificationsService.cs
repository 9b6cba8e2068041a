using EventDriven.Contracts.Customers;
using EventDriven.Contracts.Orders;
using EventDriven.Contracts.Payments;
using EventDriven.Messaging.Privacy;
using EventDriven.ServiceDefaults.Http.Lists;
using EventDriven.Tests.Messaging.Privacy;
using EventDriven.Tests.Services;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Notifications.Worker;
using Notifications.Worker.Database;
using Notifications.Worker.Messages;
using Notifications.Worker.Sending;

namespace EventDriven.Tests.Notifications;

/// <summary>Notifications, as its topics, its operators and the mail server see it.</summary>
internal sealed class NotificationsService : IAsyncDisposable
{
    private readonly ServiceUnderTest<NotificationsDbContext> _service;
    private readonly string _directory;
    private readonly LoggedLines _log;
    private readonly TestKeys? _keys;

    private NotificationsService(
        ServiceUnderTest<NotificationsDbContext> service, string directory, LoggedLines log, TestKeys? keys) =>
        (_service, _directory, _log, _keys) = (service, directory, log, keys);

    /// <summary>Everything that was logged.</summary>
    public IReadOnlyCollection<string> Log => _log.Lines;

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    /// <summary>Starts it without a sender of its own: tests say when to send.</summary>
    /// <param name="servers">Where its database is.</param>
    /// <param name="smtp">Connection string; messages become files without one.</param>
    /// <param name="transport">Stands in for both.</param>
    /// <param name="keys">Customers' keys; null where events are from before there were any.</param>
    public static async Task<NotificationsService> CreateAsync(
        Servers servers, string? smtp = null, IMailTransport? transport = null, TestKeys? keys = null)
    {
        var directory = Directory.CreateTempSubdirectory("eventdriven-mail-").FullName;
        var log = new LoggedLines();
        var service = await ServiceUnderTest<NotificationsDbContext>.CreateAsync(
            servers,
            NotificationsEvents.AddNotificationsEvents,
            builder =>
            {
                builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    ["ConnectionStrings:smtp"] = smtp,
                    ["Mail:Directory"] = Path.Combine(directory, "mail"),
                    ["Mail:PollEvery"] = "00:10:00",
                    ["Mail:Gather"] = "00:00:00",
                });
                builder.Logging.AddProvider(log);
                builder.AddMessages();
                builder.AddSending();
                if (transport is not null)
                {
                    builder.Services.AddSingleton(transport);
                }

                if (keys is not null)
                {
                    builder.Services.AddSingleton<ISubjectKeySource>(keys);
                }
            });
        return new NotificationsService(service, directory, log, keys);
    }

    public Task<bool> PlaceAsync(
        Guid orderId, string? email = null, Guid? eventId = null, (string Sku, int Quantity)[]? lines = null, Guid? customerId = null)
    {
        var placed = Orders.Placed(orderId, lines ?? [("mug-blue", 2)]);
        placed = placed with { Email = email ?? placed.Email, CustomerId = customerId ?? placed.CustomerId };
        return _service.DeliverAsync(EventTypes.OrderPlaced, placed, eventId, _keys);
    }

    public Task ConfirmAsync(Guid orderId) =>
        _service.DeliverAsync(EventTypes.OrderConfirmed, new OrderConfirmed(orderId, Orders.PlacedAt));

    public Task RejectAsync(Guid orderId, params string[] skus) =>
        _service.DeliverAsync(EventTypes.OrderRejected, new OrderRejected(orderId, "out-of-stock", skus, Orders.PlacedAt));

    public Task RejectPaidAsync(Guid orderId, decimal refundDue) => _service.DeliverAsync(
        EventTypes.OrderRejected, new OrderRejected(orderId, "out-of-stock", ["pot-iron"], Orders.PlacedAt, refundDue, "EUR"));

    public Task CancelAsync(Guid orderId, decimal? refundDue = null) => _service.DeliverAsync(
        EventTypes.OrderCancelled, Orders.Cancelled(orderId) with { RefundDue = refundDue, Currency = refundDue is null ? null : "EUR" });

    public Task PayAsync(Guid orderId, decimal amount, decimal? outstanding = null, string reference = "reference") =>
        _service.DeliverAsync(
        EventTypes.PaymentCaptured, new PaymentCaptured(orderId, reference, amount, "EUR", Orders.PlacedAt, outstanding));

    public Task RefusePaymentAsync(Guid orderId, decimal amount, string reason, string reference = "reference") => _service.DeliverAsync(
        EventTypes.PaymentRefused, new PaymentRefused(orderId, reference, amount, "EUR", reason, Orders.PlacedAt));

    public Task RefundAsync(Guid orderId, decimal amount, string reference = "reference") => _service.DeliverAsync(
        EventTypes.PaymentRefunded, new PaymentRefunded(orderId, reference, amount, "EUR", "order-cancelled", Orders.PlacedAt));

    /// <summary>What was sent about the order, as files: the text of the message of this kind.</summary>
    public async Task<string> TextAsync(Guid about, string kind)
    {
        var message = Assert.Single(await MessagesAsync(about), m => m.Kind == kind);
        using var mail = await MimeKit.MimeMessage.LoadAsync(Path.Combine(_directory, "mail", message.Id + ".eml"), CancellationToken);
        return mail.TextBody!.ReplaceLineEndings(" ");
    }

    public Task SignUpAsync(Guid customerId, string email, string name) =>
        _service.DeliverAsync(EventTypes.UserSignedUp, new UserSignedUp(customerId, email, name, Orders.PlacedAt), keys: _keys);

    public Task ForgetAsync(Guid customerId) =>
        _service.DeliverAsync(EventTypes.CustomerForgotten, new CustomerForgotten(customerId, Orders.PlacedAt));

    /// <summary>Removes the copies of mails that are to be withdrawn.</summary>
    public Task WithdrawAsync() =>
        _service.InScopeAsync(provider => provider.GetRequiredService<MailWithdrawal>().RunAsync(CancellationToken));

    /// <summary>Everything that is stored of contacts and messages, as text.</summary>
    public Task<List<string>> StoredAsync() => _service.ReadAsync(database => database.Database
        .SqlQuery<string>($"""SELECT c::text AS "Value" FROM contacts c UNION ALL SELECT m::text FROM messages m""")
        .ToListAsync(CancellationToken));

    /// <summary>Sends one batch of what is due.</summary>
    public Task SendAsync() => _service.InScopeAsync(provider => provider.GetRequiredService<MailBatch>().SendAsync(CancellationToken));

    /// <summary>
    /// Lets it send by itself, until it is disposed. It looks for due messages every ten minutes; before that, something must wake it.
    /// </summary>
    public Task StartSendingAsync() => _service.StartAsync<MailSender>();

    /// <summary>Lets time pass, for the service and for its database, whose clock says what is due.</summary>
    public Task<int> PassAsync(TimeSpan time)
    {
        _service.Time.Advance(time);
        return _service.ReadAsync(database => database.Database.ExecuteSqlAsync(
            $"UPDATE messages SET due_at = due_at - {time}, locked_until = locked_until - {time}", CancellationToken));
    }

    /// <summary>Sets the service's clock, as somebody does when it is wrong; what it measures goes on.</summary>
    public void SetClock(TimeSpan ahead) => _service.Time.AdjustTime(_service.Time.GetUtcNow() + ahead);

    /// <summary>Writes a message a second time, as a defect would.</summary>
    public Task<int> DoubleAsync(Guid about, string kind) => _service.ReadAsync(database => database.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO messages (identity, event_id, kind, about, subject, body, state, attempts, happened_at, due_at, correlation_id)
        SELECT gen_random_uuid(), 'another', kind, about, subject, body, state, attempts, happened_at, due_at, correlation_id FROM messages
        WHERE about = {about} AND kind = {kind}
        """,
        CancellationToken));

    /// <summary>Leaves all messages as they were before they kept a reference.</summary>
    public Task<int> ForgetReferencesAsync() => _service.ReadAsync(database => database.Database.ExecuteSqlAsync(
        $"UPDATE messages SET reference = NULL", CancellationToken));

    public Task<List<string>> DoubledEffectsAsync() => _service.DoubledEffectsAsync();

    public async Task<IReadOnlyList<MessageAnswer>> MessagesAsync(Guid about)
    {
        var result = await _service.ReadAsync(database =>
            MessagesApi.GetAsync(about, customerId: null, after: null, limit: null, new DefaultHttpContext(), database, CancellationToken));
        return Assert.IsType<Ok<Page<MessageAnswer>>>(result.Result).Value!.Items;
    }

    public async Task<MessageAnswer> MessageAsync(Guid about) => Assert.Single(await MessagesAsync(about));

    /// <summary>The files that were written, by name.</summary>
    public IReadOnlyList<string> Files() =>
        Directory.Exists(Path.Combine(_directory, "mail"))
            ? [.. Directory.GetFiles(Path.Combine(_directory, "mail")).Order(StringComparer.Ordinal)] : [];

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
