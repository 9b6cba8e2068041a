using System.Net;
using EventDriven.Identity;
using EventDriven.Tests.Authorization;

namespace EventDriven.Tests.ControlRoom.TryIt;

/// <summary>Who may place orders to try the system, and where.</summary>
public sealed class TryItTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Outside_of_development_there_is_no_such_page()
    {
        await using var app = new ControlRoomApp(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["environment"] = "Production",
            ["ControlRoom:DevelopmentKey"] = null,
        });
        app.Client.DefaultRequestHeaders.Authorization = new("Bearer", TestTokens.Of(Scopes.OpsWrite));

        using var page = await app.Client.GetAsync("/try", Token);

        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
    }

    [Fact]
    public async Task What_is_out_of_bounds_is_refused_and_told_what_is_possible()
    {
        await using var app = new ControlRoomApp();
        using var signedIn = await Form.SendAsync(app.Client, "/sign-in", "/sign-in", ("token", TestTokens.Of(Scopes.OpsWrite)));

        using var answer = await Form.SendAsync(
            app.Client, "/try", "/try/orders", ("what", "steady"), ("perSecond", "1000"), ("minutes", "1"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("1 to 20 orders a second", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_only_look_places_nothing()
    {
        await using var app = new ControlRoomApp();
        using var signedIn = await Form.SendAsync(app.Client, "/sign-in", "/sign-in", ("token", TestTokens.Of(Scopes.OpsRead)));

        using var answer = await Form.SendAsync(app.Client, "/try", "/try/orders", ("what", "one"));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }
}
