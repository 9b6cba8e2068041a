using EventDriven.Contracts;
using EventDriven.Tests.Application.Harness;
using Microsoft.Playwright;

namespace EventDriven.Tests.ControlRoom.Browser;

/// <summary>Placing orders to watch, in a browser, on the whole application.</summary>
[Collection(ApplicationTests.Name)]
public sealed class TryPageTests(OneOfEach application, Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Other tests of the application count the stock of some products.</summary>
    public async ValueTask DisposeAsync()
    {
        await (await application.LogAsync()).CaughtUpAsync("inventory", Topics.Orders);
        await application.TellIfFailedAsync();
    }

    [Fact]
    public async Task One_order_is_placed_by_keyboard_and_its_journey_is_a_link_away()
    {
        await using var room = await OpenAsync();
        await room.Page.GetByRole(AriaRole.Button, new() { Name = "Place 1 order" }).FocusAsync();
        await room.Page.Keyboard.PressAsync("Enter");

        await room.Page.Locator("tbody a").First.ClickAsync();
        await room.Page.Locator("svg .lane").First.WaitForAsync();

        Assert.Equal("Journey of an order", await room.Page.Locator("h1").TextContentAsync());
    }

    [Fact]
    public async Task A_steady_rate_goes_on_until_it_is_stopped()
    {
        await using var room = await OpenAsync();
        await room.Page.GetByLabel("Orders a second").FillAsync("2");
        await room.Page.GetByRole(AriaRole.Button, new() { Name = "Begin" }).ClickAsync();
        await room.Page.Locator("tbody tr").Nth(2).WaitForAsync();
        Assert.Equal("Placing", await room.Page.Locator(".tile .value").First.TextContentAsync());

        await room.Page.GetByRole(AriaRole.Button, new() { Name = "Stop placing orders" }).ClickAsync();

        await room.Page.Locator(".tile.green .value", new() { HasText = "Done" }).WaitForAsync();
        Assert.Equal("every order was accepted", await room.Page.Locator(".tile .detail").Nth(2).TextContentAsync());
    }

    [Theory]
    [InlineData("light", 1280)]
    [InlineData("dark", 1280)]
    [InlineData("light", 360)]
    [InlineData("dark", 360)]
    public async Task The_page_is_accessible(string theme, int width)
    {
        await using var room = await OpenAsync(theme == "dark", width);
        await room.Page.GetByRole(AriaRole.Button, new() { Name = "Place 1 order" }).ClickAsync();
        await room.Page.Locator("tbody a").First.WaitForAsync();

        Assert.False(await room.Page.IsTooWideAsync());
        Assert.Empty(await room.SeriousAsync());
        await room.ScreenshotAsync($"try-{theme}-{width}");
    }

    private Task<BrowserPage> OpenAsync(bool dark = false, int width = 1280) =>
        ControlRoomBrowser.OpenAsync(application.System, chromium, dark, width, path: "/try");
}
