using EventDriven.Identity;
using EventDriven.Tests.Application.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EventDriven.Tests.ControlRoom.Browser;

/// <summary>Rehearsal, replay, rebuild and pause, in a browser, on the whole application.</summary>
[Collection(ApplicationTests.Name)]
public sealed class ReplayPageTests(OneOfEach application, Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    private const string Group = "analytics";

    // A program has to start, and instances have to come back to their group.
    private const float Soon = 120_000;

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
    public async Task A_preview_tells_what_a_replay_would_do_and_is_accessible(string theme, int width)
    {
        await using var room = await OpenAsync($"/replay?group={Group}&from=beginning", theme == "dark", width);

        await Expect(room.Page.Locator("#preview .big")).ToContainTextAsync("event");
        await Expect(room.Page.GetByRole(AriaRole.Button, new() { Name = "Rehearse" })).ToBeVisibleAsync();
        await Expect(room.Page.Locator("#rebuild")).ToBeVisibleAsync();
        await room.Page.LiveAsync();
        Assert.False(await room.Page.IsTooWideAsync());
        Assert.Empty(await room.SeriousAsync());
        await room.ScreenshotAsync($"replay-{theme}-{width}");
    }

    [Fact]
    public async Task A_range_is_rehearsed_then_replayed_by_keyboard_and_both_are_told_after_a_reload()
    {
        // As if the inbox remembered nothing, so that there is a difference.
        await using var room = await OpenAsync($"/replay?group={Group}&from=beginning&effects=on");
        await PressAsync(room.Page, "Rehearse");
        await EndedAsync(room.Page, "Rehearsal", "done");
        await Expect(Card(room.Page)).ToContainTextAsync("Nothing was changed");
        await Expect(Card(room.Page).Locator("table.diff tbody tr").First).ToBeVisibleAsync();
        Assert.Empty(await room.SeriousAsync());
        await PictureAsync(room, "replay-rehearsed");
        if (_system.NoBrokerRestart is not null)
        {
            // The emulator can't set a group back.
            return;
        }

        await room.Page.GotoAsync($"/replay?group={Group}&from=beginning");
        await room.Page.Locator("#replay-reason").FocusAsync();
        await room.Page.Keyboard.TypeAsync("a test by keyboard");
        await room.Page.Keyboard.PressAsync("Tab");
        await room.Page.Keyboard.PressAsync("Space");
        await room.Page.Keyboard.PressAsync("Tab");
        await room.Page.Keyboard.PressAsync("Enter");
        await EndedAsync(room.Page, "Replay", "done");
        await room.Page.ReloadAsync();
        await EndedAsync(room.Page, "Replay", "done");
        var recorded = room.Page.Locator("#changes tbody tr").First;
        await Expect(recorded).ToContainTextAsync("a test by keyboard");
        await Expect(recorded).ToContainTextAsync("succeeded");
        await PictureAsync(room, "replay-replayed");
    }

    [Fact]
    public async Task A_read_model_is_rebuilt_with_a_reason_and_without_one_nothing_is_done()
    {
        await using var room = await OpenAsync($"/replay?group={Group}");
        var form = room.Page.Locator("#rebuild form");
        await PressAsync(room.Page, "Rebuild");
        await Expect(form.GetByLabel("Reason")).ToBeFocusedAsync();

        await form.GetByLabel("Reason").FillAsync("a test");
        await form.GetByLabel("Rebuild the read model").CheckAsync();
        await PressAsync(room.Page, "Rebuild");
        await EndedAsync(room.Page, "Rebuild", "done");

        await Expect(Card(room.Page).Locator("tbody th", new() { HasText = "ordered_items" })).ToBeVisibleAsync();
        Assert.Empty(await room.SeriousAsync());
        await PictureAsync(room, "replay-rebuilt");
    }

    [Fact]
    public async Task A_group_is_paused_and_goes_on_while_somebody_watches()
    {
        await using var room = await OpenAsync($"/replay?group={Group}");
        var row = room.Page.Locator($"#group-{Group}");
        await room.Page.Locator("#pause-reason").FillAsync("a test");
        await PressAsync(room.Page, "Pause");
        await Expect(row).ToContainTextAsync("paused by ada", new() { Timeout = Soon });

        await room.Page.Locator("#pause-reason").FillAsync("the end of a test");
        await PressAsync(room.Page, "Resume");
        await Expect(row).Not.ToContainTextAsync("paused", new() { Timeout = Soon });
        await Expect(row).ToContainTextAsync("keeps up", new() { Timeout = Soon });
    }

    [Fact]
    public async Task Who_may_look_alone_sees_no_form_that_changes_something()
    {
        await using var room = await OpenAsync($"/replay?group={Group}&from=beginning", scope: Scopes.OpsRead);

        await Expect(room.Page.Locator("#preview")).ToBeVisibleAsync();
        Assert.Equal(0, await room.Page.Locator("form[action^='/replay/']").CountAsync());
    }

    // From the top, where the bar belongs.
    private static async Task PictureAsync(BrowserPage room, string name)
    {
        await room.Page.EvaluateAsync("scrollTo(0, 0)");
        await room.ScreenshotAsync(name);
    }

    private static ILocator Card(IPage page) => page.Locator($"#task-{Group}");

    private static Task PressAsync(IPage page, string button) =>
        page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    private static async Task EndedAsync(IPage page, string what, string state)
    {
        await Expect(Card(page).Locator("h2")).ToHaveTextAsync($"{what} of {Group}", new() { Timeout = Soon });
        await Expect(Card(page).Locator(".phase")).ToHaveTextAsync(state, new() { Timeout = Soon });
    }

    private async Task<BrowserPage> OpenAsync(string path, bool dark = false, int width = 1280, string scope = Scopes.OpsWrite)
    {
        var room = await ControlRoomBrowser.OpenAsync(_system, chromium, dark, width, scope: scope);
        await room.Page.GotoAsync(path);
        return room;
    }
}
