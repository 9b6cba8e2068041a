using EventDriven.Contracts;
using EventDriven.Tests.Application.Harness;
using Microsoft.Playwright;

namespace EventDriven.Tests.ControlRoom.Browser;

/// <summary>What arrives on a topic, in a browser, on the whole application.</summary>
[Collection(ApplicationTests.Name)]
public sealed class TailPageTests(OneOfEach application, Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    private static readonly string Page = $"/tail?topic={Topics.Orders.Name}";

    private readonly SystemUnderTest _system = application.System;
    private readonly SystemClient _client = application.Client;
    private OrderView _order = null!;

    public async ValueTask InitializeAsync() => _order = await _client.PlaceAsync();

    public ValueTask DisposeAsync() => application.TellIfFailedAsync();

    [Fact]
    public async Task What_comes_appears_and_what_was_opened_stays_open()
    {
        await using var room = await OpenAsync(Page);
        await room.Page.LiveAsync();
        var known = OfKey(room.Page, _order.Id).Filter(new() { HasText = "order-placed" });
        await known.Locator("summary").ClickAsync();
        Assert.Contains("sealed", await known.Locator("pre").TextContentAsync(), StringComparison.Ordinal);

        var next = await _client.PlaceAsync();

        await OfKey(room.Page, next.Id).First.WaitForAsync();
        Assert.True(await known.Locator("pre").IsVisibleAsync());
        Assert.DoesNotContain("pd1.", await room.Page.Locator("main").TextContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_is_followed_alone_and_without_script_what_is_there_is_shown()
    {
        await using var live = await OpenAsync(Page);
        await live.Page.GetByLabel("Key").FillAsync($"{_order.Id}");
        await live.Page.GetByLabel("Type").FillAsync("placed");
        await live.Page.Keyboard.PressAsync("Enter");
        await live.Page.LiveAsync();
        Assert.Equal(1, await live.Page.Locator(".tail > li").CountAsync());

        await using var plain = await OpenAsync($"{Page}&key={_order.Id}", script: false);
        Assert.InRange(await plain.Page.Locator(".tail > li").CountAsync(), 1, 2);
    }

    [Theory]
    [InlineData("light", 1280)]
    [InlineData("dark", 1280)]
    [InlineData("light", 360)]
    [InlineData("dark", 360)]
    public async Task The_tail_is_accessible(string theme, int width)
    {
        await using var room = await OpenAsync(Page, theme == "dark", width);
        await room.Page.LiveAsync();
        await room.Page.Locator(".tail summary").First.ClickAsync();

        Assert.False(await room.Page.IsTooWideAsync());
        Assert.Empty(await room.SeriousAsync());
        await room.ScreenshotAsync($"tail-{theme}-{width}");
    }

    private static ILocator OfKey(IPage page, Guid order) => page.Locator(".tail > li", new() { HasText = $"{order}" });

    private Task<BrowserPage> OpenAsync(string path, bool dark = false, int width = 1280, bool script = true) =>
        ControlRoomBrowser.OpenAsync(_system, chromium, dark, width, script, path: path);
}
