using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using EventDriven.Contracts;
using EventDriven.Tests.Checkout.Host;
using Microsoft.EntityFrameworkCore;

namespace EventDriven.Tests.Checkout;

[Collection<CheckoutCollection>]
public class CustomerTests(CheckoutFixture checkout)
{
    private HttpClient Client => checkout.App.Client;

    [Fact]
    public async Task Signing_up_is_announced_and_an_address_signs_up_once_however_it_is_written()
    {
        var email = $"Ada.{CheckoutHttp.NewKey()}@Example.org";
        using var first = await SignUpAsync(email, "Ada Lovelace");
        using var second = await SignUpAsync(email.ToLowerInvariant(), "Ada");

        var id = (await first.ReadAsync(HttpStatusCode.Created)).GetProperty("id").GetGuid();
        var announced = Assert.Single(await checkout.App.OutboxAsync(id));
        Assert.Equal((EventTypes.UserSignedUp, Topics.Customers.Name), (announced.Type, announced.Topic));
        var data = Encoding.UTF8.GetString(announced.Data);
        Assert.DoesNotContain(email, data, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Lovelace", data, StringComparison.Ordinal);
        await second.ReadProblemAsync(HttpStatusCode.Conflict, "email");
    }

    [Fact]
    public async Task Same_key_and_body_give_the_first_answer_again_and_announce_it_once()
    {
        var (email, key) = (NewEmail(), CheckoutHttp.NewKey());
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => SignUpAsync(email, "Ada", key)));

        var bodies = new HashSet<string>(StringComparer.Ordinal);
        foreach (var answer in answers)
        {
            bodies.Add((await answer.ReadAsync(HttpStatusCode.Created)).GetRawText());
        }

        var id = JsonElement.Parse(Assert.Single(bodies)).GetProperty("id").GetGuid();
        Assert.Single(await checkout.App.OutboxAsync(id));
    }

    [Fact]
    public async Task Same_key_with_another_body_is_422_also_when_the_first_was_an_order()
    {
        var key = CheckoutHttp.NewKey();
        using var first = await SignUpAsync(NewEmail(), "Ada", key);
        using var other = await SignUpAsync(NewEmail(), "Ada", key);
        using var order = await Client.PlaceAsync(new OrderBody(), key);

        await first.ReadAsync(HttpStatusCode.Created);
        await other.ReadProblemOfCodeAsync(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused", "Idempotency-Key");
        await order.ReadProblemOfCodeAsync(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused", "Idempotency-Key");
    }

    [Fact]
    public async Task While_the_first_is_running_it_is_409()
    {
        var key = CheckoutHttp.NewKey();
        using var answer = await checkout.App.QueryAsync(async database =>
        {
            await using var first = await database.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
            await database.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO idempotency_keys (key, request_hash, order_id, status, location, body, is_final, created_at)
                VALUES ({key}, '', {Guid.Empty}, 201, '', '', true, now())
                """,
                TestContext.Current.CancellationToken);
            return await SignUpAsync(NewEmail(), "Ada", key).WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        });

        await answer.ReadProblemOfCodeAsync(HttpStatusCode.Conflict, "idempotency-key-in-use", "Idempotency-Key");
        Assert.NotNull(answer.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task A_refused_sign_up_does_not_use_the_key_up()
    {
        var (email, key) = (NewEmail(), CheckoutHttp.NewKey());
        using var taken = await SignUpAsync(email, "Ada");
        using var refused = await SignUpAsync(email, "Ada", key);
        using var corrected = await SignUpAsync(NewEmail(), "Ada", key);

        await refused.ReadProblemOfCodeAsync(HttpStatusCode.Conflict, "signed-up-already", "email");
        await corrected.ReadAsync(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_key_that_is_none_is_400()
    {
        using var answer = await SignUpAsync(NewEmail(), "Ada", "two words");

        await answer.ReadProblemOfCodeAsync(HttpStatusCode.BadRequest, "idempotency-key-missing", "Idempotency-Key");
    }

    [Fact]
    public async Task Bad_fields_are_422()
    {
        using var answer = await SignUpAsync("ada@", "\u0000");

        await answer.ReadProblemAsync(HttpStatusCode.UnprocessableEntity, "email", "name");
    }

    private static string NewEmail() => $"{CheckoutHttp.NewKey()}@example.org";

    private async Task<HttpResponseMessage> SignUpAsync(string email, string name, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/customers") { Content = JsonContent.Create(new { email, name }) };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
