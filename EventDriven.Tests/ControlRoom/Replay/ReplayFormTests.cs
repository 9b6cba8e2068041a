using System.Net;
using EventDriven.Identity;
using EventDriven.Tests.Authorization;

namespace EventDriven.Tests.ControlRoom.Replay;

/// <summary>What the forms of the page refuse, and whose.</summary>
public sealed class ReplayFormTests : IAsyncLifetime
{
    private ControlRoomApp _app = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _app = new ControlRoomApp();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Theory]
    [InlineData("/replay/run", "beginning", null, "a test", "Tick the box")]
    [InlineData("/replay/run", "beginning", "on", "  ", "Give a reason")]
    [InlineData("/replay/run", "yesterday", "on", "a test", "From takes beginning")]
    [InlineData("/replay/run", "", "on", "a test", "Say where to begin")]
    [InlineData("/replay/rebuild", "", null, "a test", "Tick the box")]
    [InlineData("/replay/pause", "", "on", "a test", "Choose for how long")]
    public async Task What_is_missing_is_told_and_nothing_is_begun(
        string action, string from, string? confirmed, string reason, string says)
    {
        await SignInAsync(Scopes.OpsWrite);

        using var answer = await Form.SendAsync(
            _app.Client, "/replay", action,
            [
                ("group", "inventory"), ("from", from), ("reason", reason),
                .. confirmed is null ? [] : ((string, string)[])[("confirmed", confirmed)],
            ]);

        var html = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Token));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(says, html, StringComparison.Ordinal);
        Assert.DoesNotContain("data-task", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("EventDriven")]
    [InlineData("EventDriven.Cli")]
    [InlineData("../Analytics")]
    [InlineData("analytics")]
    public async Task Only_the_program_of_a_group_that_is_there_is_run(string group)
    {
        await SignInAsync(Scopes.OpsWrite);

        using var answer = await Form.SendAsync(
            _app.Client, "/replay", "/replay/rehearse", ("group", group), ("from", "beginning"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(
            $"There is no group '{group}'", WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Token)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_look_alone_changes_nothing()
    {
        await SignInAsync(Scopes.OpsRead);

        using var answer = await Form.SendAsync(
            _app.Client, "/replay", "/replay/run",
            ("group", "inventory"), ("from", "beginning"), ("reason", "a test"), ("confirmed", "on"));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    private async Task SignInAsync(string scope)
    {
        using var answer = await Form.SendAsync(_app.Client, "/sign-in", "/sign-in", ("token", TestTokens.Of(scope)));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }
}
