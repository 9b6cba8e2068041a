using System.Diagnostics;
using EventDriven.Tests.Application.Harness;
using Microsoft.Playwright;

namespace EventDriven.Tests.ControlRoom.Browser;

/// <summary>The flow of facts, in a browser, on the whole application.</summary>
[Collection(ApplicationTests.Name)]
public sealed class FlowPageTests(OneOfEach application, Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    // It is 2 s at the most on a machine that is not busy; a group's session on the broker lasts for 10 s.
    private static readonly TimeSpan SoonRed = TimeSpan.FromSeconds(8);

    private static readonly string[] Publishers = ["checkout", "inventory"];

    private readonly SystemUnderTest _system = application.System;
    private readonly SystemClient _client = application.Client;

    /// <summary>The application may have been started just now: then the control room does not know all of it yet.</summary>
    public async ValueTask InitializeAsync()
    {
        await _client.PlaceAsync();
        await using var room = await ControlRoomBrowser.OpenAsync(_system, chromium);
        foreach (var group in SystemUnderTest.Services)
        {
            await room.Page.FineAsync(group);
        }

        foreach (var service in Publishers)
        {
            await room.Page.Locator($"svg .node.service[data-node={service}]").WaitForAsync();
        }
    }

    public ValueTask DisposeAsync() => application.TellIfFailedAsync();

    [Theory]
    [InlineData("light", 1280)]
    [InlineData("dark", 1280)]
    [InlineData("light", 360)]
    [InlineData("dark", 360)]
    public async Task The_flow_shows_what_is_declared_live_and_is_accessible(string theme, int width)
    {
        await using var room = await ControlRoomBrowser.OpenAsync(_system, chromium, dark: theme == "dark", width: width);
        await room.Page.LiveAsync();

        Assert.Equal("Flow", await room.Page.Locator("h1").TextContentAsync());
        Assert.Equal(
            ["analytics", "checkout", "inventory", "notifications", "recommendations"],
            await NamesAsync(room.Page, "group"));
        Assert.Equal(Publishers, await NamesAsync(room.Page, "service"));
        Assert.Contains("checkout", await room.Page.Locator("[id='topic-orders.v1']").TextContentAsync());
        Assert.False(await room.Page.IsTooWideAsync());
        Assert.Empty(await room.SeriousAsync());
        await room.ScreenshotAsync($"flow-{theme}-{width}");
    }

    [Fact]
    public async Task A_service_that_is_killed_is_red_at_once_and_fine_when_it_is_back()
    {
        await using var room = await ControlRoomBrowser.OpenAsync(_system, chromium);
        await room.Page.LiveAsync();
        await room.Page.FineAsync("notifications");
        try
        {
            await _system.KillAsync("notifications");
            var killed = Stopwatch.GetTimestamp();
            await room.Page.Locator("svg .node.group.red[data-node=notifications]").WaitForAsync();
            var took = Stopwatch.GetElapsedTime(killed);

            TestContext.Current.TestOutputHelper?.WriteLine($"Red after {took.TotalMilliseconds:0} ms.");
            Assert.True(took < SoonRed, $"It took {took}.");
            await room.ScreenshotAsync("flow-red");
        }
        finally
        {
            await _system.StartAsync("notifications");
        }

        await room.Page.FineAsync("notifications");
    }

    [Fact]
    public async Task Without_script_the_page_shows_the_same_and_its_forms_work()
    {
        await using var room = await ControlRoomBrowser.OpenAsync(_system, chromium, script: false);

        Assert.Equal(5, await room.Page.Locator("#groups tbody tr").CountAsync());
        Assert.Equal("Not live", (await room.Page.Locator("#live-state").TextContentAsync())!.Trim());
        await room.Page.GetByRole(AriaRole.Button, new() { Name = "Change theme to light" }).ClickAsync();
        Assert.Equal("light", await room.Page.Locator("html").GetAttributeAsync("data-theme"));
        await room.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        Assert.Equal("Sign in", await room.Page.Locator("h1").TextContentAsync());
    }

    private static async Task<string[]> NamesAsync(IPage page, string kind) =>
        [.. (await page.Locator($"svg .node.{kind}").EvaluateAllAsync<string[]>("nodes => nodes.map(node => node.dataset.node)")).Order()];
}
