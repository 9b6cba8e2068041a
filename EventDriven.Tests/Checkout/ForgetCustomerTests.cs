using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Checkout.Api.Customers;
using EventDriven.Messaging.Privacy;
using EventDriven.Tests.Checkout.Host;
using Microsoft.EntityFrameworkCore;

namespace EventDriven.Tests.Checkout;

/// <summary>Who owns customers' keys, how they are kept, and what forgetting a customer does.</summary>
[Collection<CheckoutCollection>]
public sealed class ForgetCustomerTests(CheckoutFixture checkout)
{
    private HttpClient Client => checkout.App.Client;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_customers_key_opens_what_is_stored_and_announced_and_is_wrapped_at_rest()
    {
        var (id, email) = await SignUpAsync();
        var sealedEmail = await AnnouncedEmailAsync(id);
        Assert.True(SubjectKey.TryReadId(sealedEmail, out var keyId));

        using var response = await Client.GetKeyAsync(keyId);
        var answer = await response.ReadAsync(HttpStatusCode.OK);
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
        var bytes = answer.GetProperty("key").GetBytesFromBase64();
        var key = new SubjectKey(answer.GetProperty("id").GetGuid(), answer.GetProperty("customerId").GetString()!, bytes);
        Assert.Equal(email, key.Open("eventdriven.customers.user-signed-up/email", sealedEmail));

        var (customer, stored) = await checkout.App.QueryAsync(async database => (
            await database.Customers.SingleAsync(c => c.Id == id, Token),
            await database.CustomerKeys.SingleAsync(k => k.CustomerId == id, Token)));
        Assert.Equal(email, key.Open(Customer.EmailPlace, customer.Email));
        Assert.Equal("Ada", key.Open(Customer.NamePlace, customer.Name));
        Assert.Equal(-1, stored.Wrapped.AsSpan().IndexOf(bytes.AsSpan(0, 8)));
    }

    [Fact]
    public async Task Orders_of_a_customer_share_a_key_whoever_takes_them()
    {
        var customer = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        await using var other = new CheckoutApp(checkout.Options);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            (i % 2 == 0 ? checkout.App : other).Client.PlaceAsync(new OrderBody { CustomerId = customer }, CheckoutHttp.NewKey())));

        var keys = new HashSet<Guid>();
        foreach (var answer in answers)
        {
            var order = (await answer.ReadAsync(HttpStatusCode.Created)).GetProperty("id").GetGuid();
            Assert.True(SubjectKey.TryReadId(await AnnouncedEmailAsync(order), out var key));
            keys.Add(key);
        }

        Assert.Single(keys);
        Assert.Equal(1, await checkout.App.QueryAsync(d => d.CustomerKeys.CountAsync(k => k.CustomerId == customer, Token)));
    }

    // The index over the key's own id has to count as a conflict as well; it is checked last, so that only a close race meets it.
    [Fact]
    public async Task First_orders_of_a_customer_that_come_at_once_to_one_instance_are_all_placed()
    {
        for (var round = 0; round < 20; round++)
        {
            var body = new OrderBody();
            var orders = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => checkout.App.Client.PlaceAsync(body)));
            Assert.Equal(12, orders.Distinct().Count());
        }
    }

    [Fact]
    public async Task A_forgotten_customers_key_is_gone_it_is_announced_once_and_the_address_may_sign_up_anew()
    {
        var (id, email) = await SignUpAsync();
        Assert.True(SubjectKey.TryReadId(await AnnouncedEmailAsync(id), out var keyId));

        Assert.Equal([HttpStatusCode.NoContent, HttpStatusCode.NoContent], [await ForgetAsync(id), await ForgetAsync(id)]);

        Assert.Equal(["user-signed-up", "customer-forgotten"], await checkout.App.AnnouncedAsync(id));
        using var gone = await Client.GetKeyAsync(keyId);
        await gone.ReadProblemOfCodeAsync(HttpStatusCode.Gone, "key-destroyed", "id");
        var stored = await checkout.App.QueryAsync(d => d.CustomerKeys.SingleAsync(k => k.CustomerId == id, Token));
        Assert.Equal((null, null), (stored.Wrapped, stored.MasterKey));
        Assert.NotNull(stored.DestroyedAt);

        var (again, _) = await SignUpAsync(email);
        Assert.NotEqual(id, again);
        Assert.True(SubjectKey.TryReadId(await AnnouncedEmailAsync(again), out var newKey));
        Assert.NotEqual(keyId, newKey);
    }

    /// <summary>Also by an instance that has the key in its cache.</summary>
    [Fact]
    public async Task A_forgotten_customer_orders_no_more_and_gets_the_first_answer_again()
    {
        var customer = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        var body = new OrderBody { CustomerId = customer };
        var key = CheckoutHttp.NewKey();
        await using var other = new CheckoutApp(checkout.Options);
        using var first = await other.Client.PlaceAsync(body, key);
        var order = (await first.ReadAsync(HttpStatusCode.Created)).GetProperty("id").GetGuid();

        Assert.Equal(HttpStatusCode.NoContent, await ForgetAsync(customer));

        using var refused = await other.Client.PlaceAsync(body, CheckoutHttp.NewKey());
        await refused.ReadProblemOfCodeAsync(HttpStatusCode.Conflict, "customer-forgotten", "customerId");
        using var repeated = await other.Client.PlaceAsync(body, key);
        Assert.Equal(order, (await repeated.ReadAsync(HttpStatusCode.Created)).GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task Nobody_and_no_key_are_404()
    {
        var unknown = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        await SignUpAsync();
        var own = await checkout.App.QueryAsync(d => d.CustomerKeys.SingleAsync(k => k.CustomerId == Guid.Empty, Token));

        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.NotFound], [await ForgetAsync(unknown), await ForgetAsync(Guid.Empty)]);
        foreach (var key in (Guid[])[unknown, own.KeyId])
        {
            using var answer = await Client.GetKeyAsync(key);
            await answer.ReadProblemOfCodeAsync(HttpStatusCode.NotFound, "unknown-key", "id");
        }
    }

    [Fact]
    public async Task Another_master_key_takes_over_and_the_older_one_can_leave()
    {
        await using var before = new CheckoutApp(checkout.Options with { Database = await checkout.NewDatabaseAsync() });
        var (id, email) = await SignUpAsync(client: before.Client);
        var stored = await before.QueryAsync(d => d.CustomerKeys.SingleAsync(k => k.CustomerId == id, Token));
        var (key, older) = (stored.KeyId, stored.MasterKey);
        var options = checkout.Options with { Database = await before.QueryAsync(d => Task.FromResult(d.Database.GetConnectionString()!)) };
        var newest = TestMasterKey.New();

        await using (var rotating = new CheckoutApp(options with { MasterKeys = [newest, TestMasterKey.Value] }))
        {
            await Eventually.GetAsync(
                () => rotating.QueryAsync(d => d.CustomerKeys.CountAsync(k => k.MasterKey == older, Token)), left => left == 0);
            Assert.Equal(HttpStatusCode.OK, await KeyStatusAsync(rotating, key));
        }

        await using var after = new CheckoutApp(options with { MasterKeys = [newest] });
        Assert.Equal(HttpStatusCode.OK, await KeyStatusAsync(after, key));
        using var taken = await after.Client.PostAsJsonAsync("/customers", new { email, name = "Ada" }, Token);
        await taken.ReadProblemOfCodeAsync(HttpStatusCode.Conflict, "signed-up-already", "email");
    }

    private static async Task<HttpStatusCode> KeyStatusAsync(CheckoutApp app, Guid key)
    {
        using var answer = await app.Client.GetKeyAsync(key);
        return answer.StatusCode;
    }

    private async Task<HttpStatusCode> ForgetAsync(Guid customer)
    {
        using var answer = await Client.DeleteAsync(new Uri($"/customers/{customer}", UriKind.Relative), Token);
        return answer.StatusCode;
    }

    private async Task<(Guid Id, string Email)> SignUpAsync(string? email = null, HttpClient? client = null)
    {
        email ??= $"{CheckoutHttp.NewKey()}@example.org";
        using var answer = await (client ?? Client).PostAsJsonAsync("/customers", new { email, name = "Ada" }, Token);
        return ((await answer.ReadAsync(HttpStatusCode.Created)).GetProperty("id").GetGuid(), email);
    }

    private async Task<string> AnnouncedEmailAsync(Guid about) => JsonDocument.Parse((await checkout.App.OutboxAsync(about))[0].Data)
        .RootElement.GetProperty("email").GetString()!;
}
