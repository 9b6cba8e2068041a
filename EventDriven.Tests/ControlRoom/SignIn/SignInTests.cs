using System.Net;
using EventDriven.Identity;
using EventDriven.Tests.Authorization;

namespace EventDriven.Tests.ControlRoom.SignIn;

/// <summary>Who gets into the control room, and how.</summary>
public sealed class SignInTests : IAsyncLifetime
{
    private ControlRoomApp _app = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _app = new ControlRoomApp();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task A_token_of_the_services_opens_a_session_that_a_script_cant_read()
    {
        using var answer = await SignInAsync(TestTokens.Of(Scopes.OpsRead), "/?x=1");

        Assert.Equal((HttpStatusCode.Redirect, "/?x=1"), (answer.StatusCode, $"{answer.Headers.Location}"));
        var cookie = Assert.Single(
            answer.Headers.GetValues("Set-Cookie"), set => set.StartsWith("control-room-session=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/"));
    }

    [Theory]
    [InlineData("not a token", HttpStatusCode.Unauthorized, "isn't valid")]
    [InlineData("", HttpStatusCode.Unauthorized, "isn't valid")]
    [InlineData("stock", HttpStatusCode.Forbidden, "ops:read")]
    public async Task Another_token_is_refused_and_told_why(string token, HttpStatusCode status, string says)
    {
        using var answer = await SignInAsync(token == "stock" ? TestTokens.Of(Scopes.StockWrite) : token);

        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(says, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Token)), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("/"));
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example/")]
    [InlineData("elsewhere")]
    public async Task Nobody_is_led_elsewhere(string returnUrl)
    {
        using var answer = await SignInAsync(TestTokens.Of(Scopes.OpsRead), returnUrl);

        Assert.Equal("/", $"{answer.Headers.Location}");
    }

    [Fact]
    public async Task A_form_of_another_site_is_refused()
    {
        using var answer = await _app.Client.PostAsync(
            "/sign-in", new FormUrlEncodedContent([KeyValuePair.Create("token", TestTokens.Of(Scopes.OpsRead))]), Token);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("/"));
    }

    [Fact]
    public async Task Failed_attempts_are_limited_and_those_of_a_team_that_succeeds_are_not()
    {
        for (var member = 0; member < 22; member++)
        {
            using var success = await SignInAsync(TestTokens.Of(Scopes.OpsRead));
            Assert.Equal(HttpStatusCode.Redirect, success.StatusCode);
        }

        var answers = new List<HttpStatusCode>();
        for (var attempt = 0; attempt < 22; attempt++)
        {
            using var answer = await SignInAsync("guess");
            answers.Add(answer.StatusCode);
        }

        Assert.Equal(20, answers.Count(status => status == HttpStatusCode.Unauthorized));
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1]);
    }

    [Fact]
    public async Task The_link_of_this_start_signs_in_and_its_key_leaves_the_address()
    {
        using var wrong = await _app.Client.GetAsync($"/sign-in/link?t={ControlRoomApp.LinkKey[..^1]}x", Token);
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("/"));

        using var answer = await _app.Client.GetAsync($"/sign-in/link?t={ControlRoomApp.LinkKey}", Token);

        Assert.Equal((HttpStatusCode.Redirect, "/"), (answer.StatusCode, $"{answer.Headers.Location}"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/"));
    }

    [Fact]
    public async Task Whoever_signs_out_is_out()
    {
        using var signedIn = await SignInAsync(TestTokens.Of(Scopes.OpsRead));

        using var answer = await Form.SendAsync(_app.Client, "/", "/sign-out");

        Assert.Equal("/sign-in", $"{answer.Headers.Location}");
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("/"));
    }

    [Fact]
    public async Task A_browser_without_a_session_gets_the_page_that_signs_in_and_comes_back()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/?group=inventory");
        request.Headers.Accept.ParseAdd("text/html");
        using var answer = await _app.Client.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("""value="/?group=inventory""", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_that_is_away_is_told_and_a_token_is_as_good()
    {
        using var answer = await _app.Client.GetAsync("/sign-in/provider?returnUrl=%2Ffigures", Token);
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Token));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("Your identity provider does not answer", page, StringComparison.Ordinal);
        Assert.Contains("""name="returnUrl" value="/figures""", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_run_nothing_that_is_not_served_here()
    {
        using var answer = await _app.Client.GetAsync("/sign-in", Token);
        var html = await answer.Content.ReadAsStringAsync(Token);

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<style", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("<script>|onclick=|javascript:", html);
    }

    private async Task<HttpStatusCode> StatusAsync(string path)
    {
        using var answer = await _app.Client.GetAsync(path, Token);
        return answer.StatusCode;
    }

    private Task<HttpResponseMessage> SignInAsync(string token, string returnUrl = "/") =>
        Form.SendAsync(_app.Client, "/sign-in", "/sign-in", ("token", token), ("returnUrl", returnUrl));
}
