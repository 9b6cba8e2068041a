using System.Net;
using EventDriven.ControlRoom.SignIn;
using EventDriven.Identity;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace EventDriven.Tests.ControlRoom.SignIn.Provider;

/// <summary>
/// Signing in at a real identity provider: from the button to the page, and what becomes of those whom it doesn't let in.
/// </summary>
public sealed class ProviderSignInTests : IAsyncDisposable
{
    private static readonly string[] Ops = [Scopes.OpsRead, Scopes.OpsWrite];
    private readonly LoopbackBrowser _browser = new();
    private OpenIdProvider _provider = null!;
    private ControlRoomApp _app = null!;
    private HttpClient _http = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        _browser.Dispose();
        await (_app?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_provider?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whoever_the_provider_knows_has_the_scopes_that_it_gives(bool hasOpaqueTokens)
    {
        await StartAsync(hasOpaqueTokens, grants: Ops);

        var (status, page) = await SignInAsync("/figures");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("Ada Lovelace", page, StringComparison.Ordinal);
        Assert.Equal("/figures", _browser.Visited[^1].AbsolutePath);
        Assert.NotEqual(HttpStatusCode.Forbidden, await ChangeAsync());

        // The code came once, for a challenge, and is not in an address that is shown.
        var asked = QueryHelpers.ParseQuery(_browser.Visited.Single(address => address.AbsolutePath == "/connect/authorize").Query);
        Assert.Equal(("code", "S256", "openid profile ops:read ops:write"),
            ($"{asked["response_type"]}", $"{asked["code_challenge_method"]}", $"{asked["scope"]}"));
        Assert.Equal(43, $"{asked["code_challenge"]}".Length);
    }

    [Fact]
    public async Task Whoever_may_only_look_changes_nothing()
    {
        await StartAsync(grants: [Scopes.OpsRead]);

        Assert.Equal(HttpStatusCode.OK, (await SignInAsync()).Status);
        Assert.Equal(HttpStatusCode.Forbidden, await ChangeAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whoever_may_not_even_look_is_told_which_scope_it_takes(bool hasOpaqueTokens)
    {
        await StartAsync(hasOpaqueTokens, grants: []);

        var (status, page) = await SignInAsync();

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("This takes another scope", page, StringComparison.Ordinal);
        Assert.Contains("ops:read", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_that_refuses_is_told_on_the_page_that_signs_in()
    {
        await StartAsync(grants: Ops);
        _provider.Refuses = true;

        var (status, page) = await SignInAsync("/figures");

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("Your identity provider did not let you in", page, StringComparison.Ordinal);
        Assert.Contains("""name="returnUrl" value="/figures""", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync("/")).Status);
    }

    [Fact]
    public async Task A_wrong_secret_ends_on_a_page_too_and_the_log_says_why()
    {
        await StartAsync(grants: Ops, secret: "another secret");

        var (status, page) = await SignInAsync();

        Assert.Equal(HttpStatusCode.BadGateway, status);
        Assert.Contains("could not be finished", page, StringComparison.Ordinal);
        Assert.Contains(_app.Log.Lines, line => line.Contains("invalid_client", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync("/")).Status);
    }

    [Fact]
    public async Task An_answer_that_nobody_asked_for_signs_nobody_in()
    {
        await StartAsync(grants: Ops);

        var (status, page) = await GetAsync("/signin-oidc?code=stolen&state=forged");

        Assert.Equal(HttpStatusCode.BadGateway, status);
        Assert.Contains("could not be finished", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync("/")).Status);
    }

    [Fact]
    public async Task Whoever_signs_out_is_out()
    {
        await StartAsync(grants: Ops);
        await SignInAsync();

        using var answer = await Form.SendAsync(_http, "/", "/sign-out");

        Assert.Equal("/sign-in", _browser.Visited[^1].AbsolutePath);
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync("/")).Status);
    }

    [Fact]
    public async Task Pages_of_refusals_look_like_the_others()
    {
        await StartAsync(grants: Ops);
        using var usual = await _http.GetAsync("/sign-in", Token);
        using var unknown = await _http.GetAsync("/", Token);
        _provider.Refuses = true;
        using var refused = await _http.GetAsync("/sign-in/provider", Token);

        var policy = Assert.Single(usual.Headers.GetValues("Content-Security-Policy"));
        Assert.Equal([policy], unknown.Headers.GetValues("Content-Security-Policy"));
        Assert.Equal([policy], refused.Headers.GetValues("Content-Security-Policy"));
    }

    private async Task StartAsync(
        bool hasOpaqueTokens = false, IReadOnlyList<string>? grants = null, string secret = OpenIdProvider.ClientSecret)
    {
        _provider = await OpenIdProvider.StartAsync(Ops, hasOpaqueTokens);
        _provider.Grants = grants ?? [];
        _app = new ControlRoomApp(
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Authentication:OpenIdConnect:Authority"] = _provider.Url,
                ["Authentication:OpenIdConnect:ClientId"] = OpenIdProvider.ClientId,
                ["Authentication:OpenIdConnect:ClientSecret"] = secret,
            },

            // It is on this machine.
            services => services.Configure<OpenIdConnectOptions>(
                SignInSetup.OpenIdConnect, options => options.RequireHttpsMetadata = false));
        _http = new HttpClient(_browser, disposeHandler: false) { BaseAddress = _app.Client.BaseAddress };
        _http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        await _provider.RegisterAsync(new Uri(_http.BaseAddress!, "/signin-oidc"), Ops);
    }

    private Task<(HttpStatusCode Status, string Page)> SignInAsync(string returnUrl = "/") =>
        GetAsync($"/sign-in/provider?returnUrl={Uri.EscapeDataString(returnUrl)}");

    private async Task<(HttpStatusCode Status, string Page)> GetAsync(string address)
    {
        using var answer = await _http.GetAsync(address, Token);
        Assert.False(
            answer.StatusCode is HttpStatusCode.InternalServerError,
            $"{_browser.Visited[^1]}: {await answer.Content.ReadAsStringAsync(Token)}\n{string.Join('\n', _app.Log.Lines.TakeLast(5))}");
        return (answer.StatusCode, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Token)));
    }

    // Stops what does not run: nothing is changed by it.
    private async Task<HttpStatusCode> ChangeAsync()
    {
        using var answer = await Form.SendAsync(_http, "/", "/try/stop");
        return answer.StatusCode;
    }
}
