using System.Text.Json;
using EventDriven.Tests.Application.Harness;
using Microsoft.Playwright;

namespace EventDriven.Tests.ControlRoom.Browser;

/// <summary>The way of an order, in a browser, on the whole application.</summary>
[Collection(ApplicationTests.Name)]
public sealed class JourneyPageTests(OneOfEach application, Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    private readonly SystemUnderTest _system = application.System;
    private OrderView _order = null!;

    public async ValueTask InitializeAsync() => _order = await application.Client.PlaceAsync();

    public ValueTask DisposeAsync() => application.TellIfFailedAsync();

    [Fact]
    public async Task An_order_is_followed_live_until_every_group_has_told_and_is_found_by_what_its_events_say()
    {
        await using var room = await OpenAsync($"/journeys?order={_order.Id}");
        await SettledAsync(room.Page);

        Assert.Equal(
            ["analytics", "checkout", "inventory", "notifications", "recommendations"],
            (await room.Page.Locator("svg .lane text").AllTextContentsAsync()).Order());
        Assert.Equal(
            ["order-placed", "stock-reserved", "order-confirmed"], await room.Page.Locator("#handling tbody th a").AllTextContentsAsync());
        Assert.Equal(3, await room.Page.Locator(".picture > svg .mark.publish").CountAsync());
        Assert.Equal(1, await room.Page.Locator("#handling td", new() { HasText = "order-received" }).CountAsync());

        var first = room.Page.Locator("#events li").First;
        await first.Locator("summary").ClickAsync();
        var data = await first.Locator("pre").TextContentAsync();
        Assert.Contains("sealed", data, StringComparison.Ordinal);
        Assert.DoesNotContain("pd1.", data, StringComparison.Ordinal);
        Assert.DoesNotContain("@", data, StringComparison.Ordinal);

        var correlation = await first.Locator("dt:has-text('ce_correlationid') + dd").TextContentAsync();
        var customer = JsonDocument.Parse(data!).RootElement.GetProperty("customerId").GetString();
        foreach (var text in new[] { correlation!, customer! })
        {
            await room.Page.GetByLabel("Order id").FillAsync(text);
            await room.Page.Keyboard.PressAsync("Enter");
            await room.Page.Locator("table th a", new() { HasText = $"{_order.Id}" }).ClickAsync();
            await room.Page.Locator("svg .lane").First.WaitForAsync();
        }
    }

    [Theory]
    [InlineData("light", 1280)]
    [InlineData("dark", 1280)]
    [InlineData("light", 360)]
    [InlineData("dark", 360)]
    public async Task The_journey_and_the_search_are_accessible(string theme, int width)
    {
        await using var room = await OpenAsync("/journeys", theme == "dark", width);
        await room.Page.Locator("table th a").First.WaitForAsync();
        Assert.False(await room.Page.IsTooWideAsync());
        Assert.Empty(await room.SeriousAsync());
        await room.ScreenshotAsync($"orders-{theme}-{width}");

        await room.Page.GotoAsync($"/journeys?order={_order.Id}");
        await SettledAsync(room.Page);
        await room.Page.Locator("#events summary").First.ClickAsync();

        Assert.False(await room.Page.IsTooWideAsync());
        Assert.Empty(await room.SeriousAsync());
        await room.ScreenshotAsync($"journey-{theme}-{width}");
    }

    [Fact]
    public async Task Without_script_a_search_finds_the_order_and_what_nobody_knows_is_said_so()
    {
        await using var room = await OpenAsync("/journeys", script: false);
        await room.Page.GetByLabel("Order id").FillAsync($"{_order.Id}");
        await room.Page.GetByRole(AriaRole.Button, new() { Name = "Find" }).ClickAsync();
        Assert.Equal("Journey of an order", await room.Page.Locator("h1").TextContentAsync());

        await room.Page.GetByLabel("Order id").FillAsync("nobody-knows-this");
        await room.Page.GetByRole(AriaRole.Button, new() { Name = "Find" }).ClickAsync();
        Assert.Contains("Nothing is known of nobody-knows-this", await room.Page.Locator("main").TextContentAsync());
    }

    // Every receipt is there, and every message is sent.
    private static Task SettledAsync(IPage page) =>
        page.Locator(".tile.green .value", new() { HasText = "All told" }).WaitForAsync(new LocatorWaitForOptions { Timeout = 90_000 });

    private Task<BrowserPage> OpenAsync(string path, bool dark = false, int width = 1280, bool script = true) =>
        ControlRoomBrowser.OpenAsync(_system, chromium, dark, width, script, path: path);
}
