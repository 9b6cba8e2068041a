using System.Net;
using EventDriven.Tests.Checkout.Host;
using Microsoft.EntityFrameworkCore;
using StackExchange.Redis;

namespace EventDriven.Tests.Checkout;

[Collection<CheckoutCollection>]
public class IdempotencyTests(CheckoutFixture checkout, Servers servers)
{
    private HttpClient Client => checkout.App.Client;

    [Fact]
    public async Task Same_key_and_body_give_the_first_answer_again_also_after_a_restart()
    {
        var (body, key) = (new OrderBody(), CheckoutHttp.NewKey());
        using var first = await Client.PlaceAsync(body, key);
        var order = await first.ReadAsync(HttpStatusCode.Created);

        // The order moves on; the answer stays.
        await checkout.App.StockReservedAsync(order.GetProperty("id").GetGuid());
        using var second = await Client.PlaceAsync(body, key);
        await AssertSameAsync(first, second);

        await using var restarted = new CheckoutApp(checkout.Options);
        using var third = await restarted.Client.PlaceAsync(body, key);
        await AssertSameAsync(first, third);
        Assert.Equal(1, await OrdersOfAsync(body));
    }

    [Fact]
    public async Task Bodies_that_ask_for_the_same_are_the_same()
    {
        const string Order =
            """
            {"customerId":"0190A1B2-0000-7000-8000-00000000000F","email":"ada@example.org","currency":"EUR",
            "lines":[{"sku":"mug-blue","quantity":1}]RESERVATION}
            """;
        string[] bodies =
        [
            Order.Replace("RESERVATION", "", StringComparison.Ordinal),
            Order.Replace("RESERVATION", ",\"reservation\":null", StringComparison.Ordinal),
            Order.Replace("RESERVATION", ",\"reservation\":\"eventual\"", StringComparison.Ordinal),
            Order.Replace("RESERVATION", "", StringComparison.Ordinal).Replace("0190A1B2", "0190a1b2", StringComparison.Ordinal)
                .Replace("00F", "00f", StringComparison.Ordinal),
            Order.Replace("RESERVATION", ",\"unknown\":1", StringComparison.Ordinal).Replace(":1}", ":1.0}", StringComparison.Ordinal),
        ];
        var key = CheckoutHttp.NewKey();

        foreach (var body in bodies)
        {
            using var answer = await Client.PlaceAsync(new StringContent(body, System.Text.Encoding.UTF8, "application/json"), key);
            await answer.ReadAsync(HttpStatusCode.Created);
        }
    }

    [Fact]
    public async Task A_used_key_is_no_error_of_PostgreSQL()
    {
        var (body, key) = (new OrderBody(), CheckoutHttp.NewKey());
        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Client.PlaceAsync(body, key)));
        using var repeated = await Client.PlaceAsync(body, key);
        await repeated.ReadAsync(HttpStatusCode.Created);
        var email = $"{key}@example.org";
        for (var i = 0; i < 2; i++)
        {
            using var customer = await Client.PostAsync(
                "/customers", System.Net.Http.Json.JsonContent.Create(new { email, name = "Ada" }), TestContext.Current.CancellationToken);
            Assert.Equal(i == 0 ? HttpStatusCode.Created : HttpStatusCode.Conflict, customer.StatusCode);
        }

        // What PostgreSQL logs comes in order: when this error is there, everything before it is.
        var mark = CheckoutHttp.NewKey();
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => checkout.App.QueryAsync(
            database =>
                database.Database.SqlQuery<int>($"SELECT {mark}::int AS \"Value\"").ToListAsync(TestContext.Current.CancellationToken)));
        var log = await Eventually.GetAsync(servers.PostgresLogAsync, text => text.Contains(mark, StringComparison.Ordinal));

        Assert.DoesNotContain("pk_idempotency_keys", log, StringComparison.Ordinal);
        Assert.DoesNotContain("ix_customers_email_hash", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Same_key_with_another_body_is_422()
    {
        var (body, key) = (new OrderBody(), CheckoutHttp.NewKey());
        using var first = await Client.PlaceAsync(body, key);
        using var second = await Client.PlaceAsync(body with { Currency = "USD" }, key);

        await second.ReadProblemAsync(HttpStatusCode.UnprocessableEntity, "Idempotency-Key");
        Assert.Equal(1, await OrdersOfAsync(body));
    }

    [Fact]
    public async Task While_the_first_is_running_it_is_409_and_afterwards_the_first_answer()
    {
        var (body, key) = (new OrderBody(), CheckoutHttp.NewKey());
        var first = Client.PlaceAsync(body, key, "wait=30");
        var id = (await Eventually.GetAsync(() => FindAsync(body), found => found is not null))!.Value;

        using var second = await Client.PlaceAsync(body, key);
        await second.ReadProblemAsync(HttpStatusCode.Conflict, "Idempotency-Key");
        Assert.NotNull(second.Headers.RetryAfter?.Delta);

        await checkout.App.StockReservedAsync(id);
        using var answer = await first;
        Assert.Equal("Confirmed", (await answer.ReadAsync(HttpStatusCode.Created)).State());
        using var third = await Client.PlaceAsync(body, key);
        await AssertSameAsync(answer, third);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("wait=1")]
    public async Task Who_repeats_while_the_first_waits_and_its_lease_is_lost_gets_what_the_first_gets(string? prefer)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(servers.Redis);
        var (body, key) = (new OrderBody(), CheckoutHttp.NewKey());
        var first = Client.PlaceAsync(body, key, "wait=30");
        var id = (await Eventually.GetAsync(() => FindAsync(body), found => found is not null))!.Value;
        Assert.True(await redis.GetDatabase().KeyDeleteAsync($"checkout:idempotency:{key}"));

        using var repeated = await Client.PlaceAsync(body, key, prefer);
        Assert.Equal("Placed", (await repeated.ReadAsync(HttpStatusCode.Created)).State());
        await checkout.App.StockReservedAsync(id);

        using var answer = await first;
        await AssertSameAsync(repeated, answer);
        using var again = await Client.PlaceAsync(body, key);
        await AssertSameAsync(repeated, again);
    }

    [Fact]
    public async Task While_the_first_one_s_transaction_goes_on_it_is_409_within_seconds()
    {
        var (body, key) = (new OrderBody(), CheckoutHttp.NewKey());
        var answer = await checkout.App.QueryAsync(async database =>
        {
            await using var first = await database.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
            await database.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO idempotency_keys (key, request_hash, order_id, status, location, body, is_final, created_at)
                VALUES ({key}, '', {Guid.Empty}, 201, '', '', true, now())
                """,
                TestContext.Current.CancellationToken);
            return await Client.PlaceAsync(body, key).WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        });
        await answer.ReadProblemAsync(HttpStatusCode.Conflict, "Idempotency-Key");
        Assert.NotNull(answer.Headers.RetryAfter?.Delta);

        // It was rolled back, so that the key is free.
        using var second = await Client.PlaceAsync(body, key);
        await second.ReadAsync(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Refused_request_does_not_use_the_key_up()
    {
        var (body, key) = (new OrderBody(), CheckoutHttp.NewKey());
        using var refused = await Client.PlaceAsync(body with { Currency = "XYZ" }, key);
        await refused.ReadProblemAsync(HttpStatusCode.UnprocessableEntity, "currency");

        using var corrected = await Client.PlaceAsync(body, key);
        await corrected.ReadAsync(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_many_requests_at_once_one_makes_the_order_with_Redis_or_without(bool redisIsAway)
    {
        await using var away = redisIsAway ? new CheckoutApp(checkout.Options with { Redis = CheckoutApp.Away }) : null;
        var client = away?.Client ?? Client;
        var (body, key) = (new OrderBody(), CheckoutHttp.NewKey());

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => client.PlaceAsync(body, key)));

        var made = answers.Where(a => a.StatusCode == HttpStatusCode.Created).ToArray();
        Assert.NotEmpty(made);
        Assert.All(answers.Except(made), a => Assert.Equal(HttpStatusCode.Conflict, a.StatusCode));
        Assert.True(made.Length == answers.Length || !redisIsAway, "Without Redis nobody knows that another request is running.");
        foreach (var answer in made)
        {
            await AssertSameAsync(made[0], answer);
        }

        var id = (await FindAsync(body))!.Value;
        Assert.Single(await checkout.App.OutboxAsync(id));
        Assert.Equal(1, await OrdersOfAsync(body));
    }

    [Fact]
    public async Task Lease_that_another_instance_took_meanwhile_is_not_released()
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(servers.Redis);
        var (body, key) = (new OrderBody(), CheckoutHttp.NewKey());
        var lease = $"checkout:idempotency:{key}";
        var first = Client.PlaceAsync(body, key, "wait=2");
        await Eventually.TrueAsync(async () => await FindAsync(body) is not null);

        // As if the first one's lease had run out and the next one had taken it.
        await redis.GetDatabase().StringSetAsync(lease, "another", TimeSpan.FromMinutes(1));
        (await first).Dispose();
        await redis.GetDatabase().PingAsync();

        Assert.Equal("another", await redis.GetDatabase().StringGetAsync(lease));
    }

    private static async Task AssertSameAsync(HttpResponseMessage first, HttpResponseMessage second)
    {
        Assert.Equal(first.StatusCode, second.StatusCode);
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.Equal(
            await first.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            await second.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private Task<int> OrdersOfAsync(OrderBody body) =>
        checkout.App.QueryAsync(d => d.Orders.CountAsync(o => o.CustomerId == (Guid)body.CustomerId!));

    private Task<Guid?> FindAsync(OrderBody body) => checkout.App.QueryAsync(
        d => d.Orders.Where(o => o.CustomerId == (Guid)body.CustomerId!).Select(o => (Guid?)o.Id).SingleOrDefaultAsync());
}
