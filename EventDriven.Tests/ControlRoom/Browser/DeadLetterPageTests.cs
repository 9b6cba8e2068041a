using EventDriven.Identity;
using EventDriven.Tests.Application.Harness;
using Microsoft.Playwright;

namespace EventDriven.Tests.ControlRoom.Browser;

/// <summary>Dead letters, in a browser, on the whole application.</summary>
[Collection(ApplicationTests.Name)]
public sealed class DeadLetterPageTests(OneOfEach application, Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    private const int MostClicks = 3;

    private readonly SystemUnderTest _system = application.System;
    private int _clicks;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => application.TellIfFailedAsync();

    [Fact]
    public async Task A_parked_key_is_three_clicks_from_the_flow_to_redriven_and_gone()
    {
        await using var parked = await ParkedOrder.ParkAsync(application);
        await using var room = await ControlRoomBrowser.OpenAsync(_system, chromium);
        await room.Page.LiveAsync();

        await ClickAsync(room.Page.Locator($"svg .node.group.yellow[data-node={ParkedOrder.Group}]"));
        await room.Page.GetByText(parked.Key).WaitForAsync();
        await room.Page.GetByText(ParkedOrder.Error).WaitForAsync();
        Assert.Empty(await room.SeriousAsync());
        await room.ScreenshotAsync("dead-letters-light");
        await ClickAsync(room.Page.GetByText($"Redrive all of {ParkedOrder.Group}"));
        await room.Page.GetByLabel("Reason").FillAsync("The shelf is there again.");
        Assert.Empty(await room.SeriousAsync());
        await room.ScreenshotAsync("redrive-light");
        await ClickAsync(room.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Redrive" }));

        await room.Page.GetByText("1 event asked to be redriven").WaitForAsync();
        await room.Page.Locator("#none").WaitForAsync(new LocatorWaitForOptions { Timeout = ParkedOrder.RedriveBound });
        Assert.Equal("redriven", await parked.StateAsync());
        Assert.InRange(_clicks, 1, MostClicks);

        // By the very code of the commands, so that it is found where theirs is.
        var (_, trail, _) = await new Operator(_system).RunAsync("audit", "--json");
        Assert.Contains("The shelf is there again.", trail, StringComparison.Ordinal);
        Assert.Contains($"dead-letters redrive --group {ParkedOrder.Group}", trail, StringComparison.Ordinal);
        Assert.Contains("\"ada\"", trail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_is_shown_in_full_and_discarded_by_keyboard_alone()
    {
        await using var parked = await ParkedOrder.ParkAsync(application);
        await using var room = await ControlRoomBrowser.OpenAsync(_system, chromium, dark: true);
        await room.Page.GotoAsync("/dead-letters");
        await room.Page.Locator("#letters").WaitForAsync();
        Assert.Empty(await room.SeriousAsync());
        await room.ScreenshotAsync("dead-letters-dark");

        await PressAsync(room.Page, room.Page.Locator("#letters td a").First);
        await room.Page.GetByText("What waits").WaitForAsync();
        Assert.Contains(parked.Key, await room.Page.Locator("#behind").TextContentAsync());
        Assert.Contains("EUR", await room.Page.Locator("#behind").TextContentAsync());
        Assert.DoesNotContain("pd1.", await room.Page.ContentAsync());
        Assert.Contains("can't be edited", await room.Page.Locator(".advice").TextContentAsync());
        Assert.Empty(await room.SeriousAsync());
        await room.ScreenshotAsync("dead-letter-dark");

        await PressAsync(room.Page, room.Page.GetByText("Discard this event"));
        await room.Page.GetByLabel("Reason").WaitForAsync();
        await TabToAsync(room.Page, room.Page.GetByLabel("Reason"));
        await room.Page.Keyboard.TypeAsync("A test order.");
        Assert.Empty(await room.SeriousAsync());
        await PressAsync(
            room.Page, room.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Discard for good" }));
        await room.Page.GetByText("1 event discarded").WaitForAsync();

        Assert.Equal("discarded", await parked.StateAsync());
    }

    [Fact]
    public async Task Whoever_may_only_look_is_told_so_and_changes_nothing()
    {
        await using var parked = await ParkedOrder.ParkAsync(application);
        await using var room = await ControlRoomBrowser.OpenAsync(_system, chromium, width: 360, scope: Scopes.OpsRead);
        await room.Page.GotoAsync("/dead-letters");
        await room.Page.GetByText(parked.Key).WaitForAsync();
        Assert.Empty(await room.SeriousAsync());
        await room.ScreenshotAsync("dead-letters-light-360");

        await room.Page.GetByText($"Redrive all of {ParkedOrder.Group}").ClickAsync();

        await room.Page.GetByText("You may look and not change").WaitForAsync();
        Assert.Equal(0, await room.Page.GetByLabel("Reason").CountAsync());
        Assert.Equal("parked", await parked.StateAsync());
    }

    [Fact]
    public async Task An_open_page_goes_on_by_itself_whatever_is_restarted()
    {
        await using var room = await ControlRoomBrowser.OpenAsync(_system, chromium);
        await room.Page.LiveAsync();
        room.ExpectComplaints();
        await room.Page.EvaluateAsync("window.neverReloaded = true");

        string[] servers = _system.NoBrokerRestart is null ? ["redis", "postgres", "kafka"] : ["redis", "postgres"];
        foreach (var server in servers)
        {
            await _system.StopAsync(server);
            await _system.StartAsync(server);
        }

        await _system.StopAsync(SystemUnderTest.ControlRoom);
        await room.Page.NotLiveAsync();
        await _system.StartAsync(SystemUnderTest.ControlRoom);
        await room.Page.LiveAsync();

        foreach (var group in SystemUnderTest.Services)
        {
            await room.Page.FineAsync(group);
        }

        Assert.True(await room.Page.EvaluateAsync<bool>("window.neverReloaded"));
    }

    private static async Task TabToAsync(IPage page, ILocator element)
    {
        const int Most = 80;
        for (var tabs = 0; tabs < Most; tabs++)
        {
            if (await element.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                return;
            }

            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"{element} can't be reached by keyboard.");
    }

    private static async Task PressAsync(IPage page, ILocator element)
    {
        await TabToAsync(page, element);
        await page.Keyboard.PressAsync("Enter");
    }

    private async Task ClickAsync(ILocator element)
    {
        _clicks++;
        await element.ClickAsync();
    }
}
