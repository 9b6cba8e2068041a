using EventDriven.Identity;
using EventDriven.Tests.Application.Harness;
using Microsoft.Playwright;

namespace EventDriven.Tests.ControlRoom.Browser;

/// <summary>A browser of somebody who is signed in, at one of the pages.</summary>
internal static class SignedIn
{
    public static async Task<BrowserPage> OpenAsync(
        Chromium chromium, SystemUnderTest system, string path, bool dark = false, int width = 1280, bool script = true)
    {
        var room = await BrowserPage.OpenAsync(
            chromium.Browser, system.Http(SystemUnderTest.ControlRoom).BaseAddress!, dark, width, script);
        await room.Page.GotoAsync($"/sign-in?returnUrl={Uri.EscapeDataString(path)}");
        await room.Page.GetByLabel("Access token").FillAsync(new DevelopmentIssuer(system.TokenKey, TimeProvider.System)
            .Issue(new TokenRequest("ada") { Scopes = [Scopes.OpsWrite] }));
        await room.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await room.Page.Locator("nav").WaitForAsync();
        return room;
    }

    /// <summary>Whether something is wider than the window.</summary>
    public static Task<bool> IsTooWideAsync(this IPage page) =>
        page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth");
}
