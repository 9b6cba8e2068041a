using EventDriven.Tests.Services;

namespace EventDriven.Tests.Notifications.Mail;

public sealed class SmtpTests(Servers servers) : IAsyncLifetime
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);
    private readonly MailServer _server = new();
    private readonly Guid _order = Orders.NewId();
    private NotificationsService _notifications = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(MailServer.WhyNot is not null, MailServer.WhyNot ?? "");
        _notifications = await NotificationsService.CreateAsync(servers, _server.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        if (_notifications is not null)
        {
            await _notifications.DisposeAsync();
        }

        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_message_arrives_once_with_its_own_Message_ID()
    {
        await _server.StartAsync();
        await _notifications.PlaceAsync(_order, "alice@customers.example");

        await _notifications.SendAsync();
        await _notifications.SendAsync();

        var message = await _notifications.MessageAsync(_order);
        Assert.Equal(("Sent", 1), (message.State, message.Attempts));
        var taken = Assert.Single(await _server.TakenAsync());
        Assert.Contains($"Message-Id: <{message.Id}@eventdriven.example>", taken, StringComparison.Ordinal);
        Assert.Contains("To: alice@customers.example", taken, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_recipient_is_final_and_holds_nobody_else_up()
    {
        await _server.StartAsync();
        var other = Orders.NewId();
        await _notifications.PlaceAsync(_order, "refused@customers.example");
        await _notifications.PlaceAsync(other, "bob@customers.example");

        await _notifications.SendAsync();
        await _notifications.PassAsync(LongestPause);
        await _notifications.SendAsync();

        var refused = await _notifications.MessageAsync(_order);
        Assert.Equal(("Refused", 1, "550"), (refused.State, refused.Attempts, refused.LastError));
        Assert.Equal("Sent", (await _notifications.MessageAsync(other)).State);
        Assert.Single(await _server.TakenAsync());
        Assert.Contains(
            _notifications.Log, line => line.Contains("refused", StringComparison.Ordinal)
                && line.Contains("550", StringComparison.Ordinal));
        Assert.DoesNotContain(_notifications.Log, line => line.Contains("customers.example", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_says_later_is_asked_again_later()
    {
        await _server.StartAsync();
        await _notifications.PlaceAsync(_order, "later@customers.example");
        await _notifications.SendAsync();
        await _notifications.SendAsync();
        var waiting = await _notifications.MessageAsync(_order);
        Assert.Equal(("Pending", 1, "451"), (waiting.State, waiting.Attempts, waiting.LastError));

        await _server.AcceptLaterAsync();
        await _notifications.PassAsync(LongestPause);
        await _notifications.SendAsync();

        Assert.Equal(
            ("Sent", 2), ((await _notifications.MessageAsync(_order)).State, (await _notifications.MessageAsync(_order)).Attempts));
        Assert.Single(await _server.TakenAsync());
    }

    [Fact]
    public async Task A_server_that_is_away_gets_the_message_once_when_it_is_back()
    {
        var other = Orders.NewId();
        await _notifications.PlaceAsync(_order);
        await _notifications.PlaceAsync(other);
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            await _notifications.SendAsync();
            Assert.Equal(
                ("Pending", attempt),
                ((await _notifications.MessageAsync(_order)).State, (await _notifications.MessageAsync(_order)).Attempts));
            await _notifications.PassAsync(LongestPause);
        }

        await _server.StartAsync();
        await _notifications.SendAsync();
        await _notifications.SendAsync();

        Assert.Equal("Sent", (await _notifications.MessageAsync(_order)).State);
        Assert.Equal(2, (await _server.TakenAsync()).Count);
    }
}
