using System.Net;
using System.Net.Http.Json;
using System.Text;
using EventDriven.Contracts;
using EventDriven.Tests.Checkout.Host;

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
        Assert.Contains(email, Encoding.UTF8.GetString(announced.Data), StringComparison.Ordinal);
        await second.ReadProblemAsync(HttpStatusCode.Conflict, "email");
    }

    [Fact]
    public async Task Bad_fields_are_422()
    {
        using var answer = await SignUpAsync("ada@", "\u0000");

        await answer.ReadProblemAsync(HttpStatusCode.UnprocessableEntity, "email", "name");
    }

    private Task<HttpResponseMessage> SignUpAsync(string email, string name) =>
        Client.PostAsJsonAsync("/customers", new { email, name }, TestContext.Current.CancellationToken);
}
