using System.Net;
using System.Net.Http.Headers;
using EventDriven.Identity;
using EventDriven.Tests.Checkout.Host;
using EventDriven.Tests.Http;

namespace EventDriven.Tests.Authorization;

/// <summary>What the public endpoints tell, and whom.</summary>
public sealed class HealthDetailsTests(Servers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_operators_are_told_why_a_service_is_not_healthy()
    {
        await using var app = await AllServices.StartAsync("checkout", servers);

        Assert.Equal(["status"], await MembersAsync(app.Client.As(null)));
        Assert.Equal(["status"], await MembersAsync(app.Client.As(TestTokens.Of(Scopes.OrdersWrite, Scopes.AnalyticsRead))));
        Assert.Equal(["status"], await MembersAsync(app.Client.As("not a token")));
        Assert.Equal(["status", "milliseconds", "checks"], await MembersAsync(app.Client.As(TestTokens.Of(Scopes.OpsRead))));
        Assert.Equal(["status", "milliseconds", "checks"], await MembersAsync(app.Client.As(TestTokens.Of(Scopes.OpsWrite))));
    }

    [Fact]
    public async Task The_page_of_the_API_has_a_token_for_who_develops_on_this_machine()
    {
        await using var app = await AllServices.StartAsync("checkout", servers);
        var page = await PageAsync(app.Client.As(null), host: null);
        var start = page.IndexOf("eyJ", StringComparison.Ordinal);
        Assert.True(start > 0, "There is no token in the page.");
        var token = page[start..page.IndexOf('"', start)];

        using var orders = await app.Client.As(token).GetAsync("/orders", Token);
        Assert.Equal(HttpStatusCode.OK, orders.StatusCode);
    }

    [Fact]
    public async Task A_site_whose_name_leads_here_gets_none()
    {
        await using var app = await AllServices.StartAsync("checkout", servers);

        Assert.DoesNotContain("eyJ", await PageAsync(app.Client.As(null), "rebound.example"), StringComparison.Ordinal);
    }

    private static async Task<string> PageAsync(HttpClient client, string? host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/scalar/v1");
        request.Headers.Host = host;
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        using var answer = await client.SendAsync(request, Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Token);
    }

    private static async Task<string[]> MembersAsync(HttpClient client)
    {
        using var answer = await client.GetAsync("/health", Token);
        return [.. (await answer.ReadAsync(HttpStatusCode.OK)).EnumerateObject().Select(member => member.Name)];
    }
}
