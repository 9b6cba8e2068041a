using EventDriven.Tests.Application.Harness;
using static Microsoft.Playwright.Assertions;

namespace EventDriven.Tests.ControlRoom.Browser;

/// <summary>Numbers over time, in a browser, on the whole application.</summary>
[Collection(ApplicationTests.Name)]
public sealed class FiguresPageTests(OneOfEach application, Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    // Samples come each 5 s, and a rate takes two of them.
    private const float Soon = 60_000;

    private readonly SystemUnderTest _system = application.System;

    public async ValueTask InitializeAsync()
    {
        var orders = await application.Client.PlaceManyAsync(Enumerable.Repeat(0, 5).Select(_ => new OrderRequest { Sku = "tea-sencha" }));
        await application.Client.AnalyticsShowsAsync(orders, "Confirmed");
    }

    public ValueTask DisposeAsync() => application.TellIfFailedAsync();

    [Theory]
    [InlineData("light", 1280)]
    [InlineData("dark", 1280)]
    [InlineData("light", 360)]
    [InlineData("dark", 360)]
    public async Task The_figures_show_the_system_and_the_business_and_are_accessible(string theme, int width)
    {
        await using var room = await OpenAsync(theme == "dark", width);
        await Expect(room.Page.Locator("#funnel tbody tr").First).ToContainTextAsync("Placed", new() { Timeout = Soon });
        await Expect(room.Page.Locator("#skus")).ToContainTextAsync("tea-sencha", new() { Timeout = Soon });
        await Expect(room.Page.Locator("#published svg[role=img]")).ToBeVisibleAsync(new() { Timeout = Soon });
        await room.Page.LiveAsync();

        Assert.False(await room.Page.IsTooWideAsync());
        Assert.Empty(await room.SeriousAsync());
        await room.ScreenshotAsync($"figures-{theme}-{width}");
    }

    [Fact]
    public async Task How_long_handling_takes_is_told_by_the_services_and_a_number_leads_to_its_group()
    {
        await using var room = await OpenAsync();
        await application.Client.PlaceManyAsync(Enumerable.Repeat(0, 5).Select(_ => new OrderRequest { Sku = "tea-sencha" }));
        await Expect(room.Page.Locator("#handling .legend")).ToContainTextAsync(" ms", new() { Timeout = Soon });
        await Expect(room.Page.Locator("#age .legend")).ToContainTextAsync("s", new() { Timeout = Soon });

        // By keyboard; what is open stays open while the page changes.
        var numbers = room.Page.Locator("#lag summary");
        await numbers.FocusAsync();
        await room.Page.Keyboard.PressAsync("Enter");
        await Expect(room.Page.Locator("#lag tbody tr").First).ToBeVisibleAsync();
        var read = await room.Page.Locator(".heading time").TextContentAsync();
        await Expect(room.Page.Locator(".heading time")).Not.ToHaveTextAsync(read!, new() { Timeout = Soon });
        await Expect(room.Page.Locator("#lag tbody tr").First).ToBeVisibleAsync();

        await room.Page.Locator("#lag .legend a", new() { HasText = "inventory" }).ClickAsync();
        await room.Page.WaitForURLAsync("**/#group-inventory");
    }

    private async Task<BrowserPage> OpenAsync(bool dark = false, int width = 1280)
    {
        var room = await ControlRoomBrowser.OpenAsync(_system, chromium, dark, width);
        await room.Page.GotoAsync("/figures");
        return room;
    }
}
