using EventDriven.Messaging;
using EventDriven.Tests.Messaging.Privacy;

namespace EventDriven.Tests.Notifications;

/// <summary>What Notifications keeps of a customer, and what it does when one is forgotten, in whatever order it learns of it.</summary>
public sealed class ForgottenCustomerTests(Servers servers)
{
    private const string Email = "ada.lovelace@example.org";

    private readonly Guid _customer = NewId();
    private readonly Guid _order = NewId();
    private readonly TestKeys _keys = new();

    [Fact]
    public async Task Address_and_name_are_stored_sealed_and_sent_in_plain()
    {
        await using var service = await NotificationsService.CreateAsync(servers, keys: _keys);
        await service.SignUpAsync(_customer, Email, "Ada Lovelace");
        await service.PlaceAsync(_order, Email, customerId: _customer);

        Assert.All(await service.StoredAsync(), row => Assert.DoesNotContain("lovelace", row, StringComparison.OrdinalIgnoreCase));
        await service.SendAsync();

        Assert.Contains("Hello Ada Lovelace", await service.TextAsync(_customer, "welcome"), StringComparison.Ordinal);
        Assert.Equal(2, service.Files().Count);
        Assert.All(await service.StoredAsync(), row => Assert.DoesNotContain("lovelace", row, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task What_repeats_an_address_is_no_contradiction_and_another_one_is()
    {
        await using var service = await NotificationsService.CreateAsync(servers, keys: _keys);
        await service.PlaceAsync(_order, Email, customerId: _customer);

        await service.PlaceAsync(_order, Email, customerId: _customer);
        await Assert.ThrowsAsync<ContradictoryEventException>(() => service.PlaceAsync(_order, "eve@example.org", customerId: _customer));
    }

    [Fact]
    public async Task Forgetting_removes_the_copies_of_mails_and_sends_nothing_more()
    {
        await using var service = await NotificationsService.CreateAsync(servers, keys: _keys);
        var other = NewId();
        await service.SignUpAsync(_customer, Email, "Ada");
        await service.PlaceAsync(_order, Email, customerId: _customer);
        await service.PlaceAsync(other, "eve@example.org", customerId: NewId());
        await service.SendAsync();
        await service.ConfirmAsync(_order);
        Assert.Equal(3, service.Files().Count);
        _keys.Destroy(_customer.ToString());

        await service.ForgetAsync(_customer);
        await service.WithdrawAsync();
        await service.CancelAsync(_order);
        await service.SendAsync();

        Assert.Single(service.Files());
        Assert.Equal("Forgotten", (await service.MessageAsync(_customer)).State);
        Assert.Equal(["Forgotten", "Forgotten", "Forgotten"], (await service.MessagesAsync(_order)).Select(m => m.State));
        Assert.Equal("Sent", (await service.MessageAsync(other)).State);
    }

    /// <summary>
    /// Topics have no order among each other: the order may be read after the customer was forgotten, even with the key at hand.
    /// </summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_read_after_the_forgetting_is_not_sent(bool isKeyKnown)
    {
        await using var service = await NotificationsService.CreateAsync(servers, keys: _keys);
        await service.ForgetAsync(_customer);
        if (!isKeyKnown)
        {
            _keys.Of(_customer.ToString());
            _keys.Destroy(_customer.ToString(), keepsName: true);
        }

        await service.PlaceAsync(_order, Email, customerId: _customer);
        await service.SignUpAsync(_customer, Email, "Ada");
        await service.SendAsync();

        Assert.Empty(service.Files());
        Assert.Equal("Forgotten", (await service.MessageAsync(_order)).State);
        Assert.Equal("Forgotten", (await service.MessageAsync(_customer)).State);
    }

    /// <summary>The key may be gone before the event that tells it is read.</summary>
    [Fact]
    public async Task A_message_whose_key_is_gone_is_not_sent_and_is_no_failure()
    {
        await using var service = await NotificationsService.CreateAsync(servers, keys: _keys);
        await service.PlaceAsync(_order, Email, customerId: _customer);
        _keys.Destroy(_customer.ToString());

        await service.SendAsync();

        Assert.Empty(service.Files());
        var message = await service.MessageAsync(_order);
        Assert.Equal(("Forgotten", null), (message.State, message.LastError));
    }

    [Fact]
    public async Task A_message_whose_key_cannot_be_had_is_sent_later()
    {
        await using var service = await NotificationsService.CreateAsync(servers, keys: _keys);
        await service.PlaceAsync(_order, Email, customerId: _customer);
        _keys.Before = _ => throw new HttpRequestException("503");

        await service.SendAsync();
        Assert.Equal(("Pending", "no-key"), await StateAsync(service));
        _keys.Before = _ => Task.CompletedTask;
        await service.PassAsync(TimeSpan.FromMinutes(1));
        await service.SendAsync();

        Assert.Equal(("Sent", null), await StateAsync(service));
    }

    private async Task<(string State, string? LastError)> StateAsync(NotificationsService service)
    {
        var message = await service.MessageAsync(_order);
        return (message.State, message.LastError);
    }

    private static Guid NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
}
