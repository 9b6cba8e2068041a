using EventDriven.Identity;
using EventDriven.Tests.Application.Harness;
using Microsoft.Playwright;

namespace EventDriven.Tests.ControlRoom.Browser;

/// <summary>A browser that is signed in to the control room of an application.</summary>
internal static class ControlRoomBrowser
{
    private const string Flow = "/";

    private static readonly float Bound = (float)TimeSpan.FromSeconds(90).TotalMilliseconds;

    /// <summary>Opens a page that is signed in, at the flow unless told.</summary>
    public static async Task<BrowserPage> OpenAsync(
        SystemUnderTest system,
        Chromium chromium,
        bool dark = false,
        int width = 1280,
        bool script = true,
        string scope = Scopes.OpsWrite,
        string path = Flow)
    {
        var room = await BrowserPage.OpenAsync(
            chromium.Browser, system.Http(SystemUnderTest.ControlRoom).BaseAddress!, dark, width, script);
        try
        {
            await room.Page.GotoAsync($"/sign-in?returnUrl={Uri.EscapeDataString(path)}");
            await room.Page.GetByLabel("Access token").FillAsync(new DevelopmentIssuer(system.TokenKey, TimeProvider.System)
                .Issue(new TokenRequest("ada") { Scopes = [scope] }));
            await room.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in" }).ClickAsync();
            await room.Page.Locator(path == Flow ? "#groups" : "nav").WaitForAsync();
            return room;
        }
        catch (TimeoutException)
        {
            await using (room)
            {
                Assert.Fail($"The control room shows at {room.Page.Url}: {await room.Page.Locator("body").InnerTextAsync()}");
            }

            throw;
        }
    }

    /// <summary>Whether something is wider than the window.</summary>
    public static Task<bool> IsTooWideAsync(this IPage page) =>
        page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth");

    /// <summary>Waits until the page is live; longer than it takes to come back after a restart.</summary>
    public static Task LiveAsync(this IPage page) =>
        page.Locator("#live-state[data-state=on]").WaitForAsync(new LocatorWaitForOptions { Timeout = Bound });

    /// <summary>Waits until the page says that it isn't.</summary>
    public static Task NotLiveAsync(this IPage page) =>
        page.Locator("#live-state[data-state=off]").WaitForAsync(new LocatorWaitForOptions { Timeout = Bound });

    /// <summary>Waits until the flow shows a group as fine: an instance that comes back takes some time to be a member.</summary>
    public static Task FineAsync(this IPage page, string group) => page.Locator($"svg .node.group.green[data-node={group}]")
        .WaitForAsync(new LocatorWaitForOptions { Timeout = Bound });
}
