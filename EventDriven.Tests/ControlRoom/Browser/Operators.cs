using EventDriven.Identity;
using EventDriven.Tests.Application.Harness;
using Microsoft.Playwright;

namespace EventDriven.Tests.ControlRoom.Browser;

/// <summary>Browsers of people who have signed in to the control room of the whole application.</summary>
internal static class Operators
{
    /// <summary>Opens a page in a session of its own.</summary>
    /// <param name="system">The application.</param>
    /// <param name="chromium">The browser.</param>
    /// <param name="path">Address of the page.</param>
    /// <param name="dark">Whether the system has a dark theme.</param>
    /// <param name="width">Width of the window, in CSS pixels.</param>
    /// <param name="scope">What the operator may do.</param>
    public static async Task<BrowserPage> OpenAsync(
        SystemUnderTest system, Chromium chromium, string path, bool dark = false, int width = 1280, string scope = Scopes.OpsWrite)
    {
        var room = await BrowserPage.OpenAsync(
            chromium.Browser, system.Http(SystemUnderTest.ControlRoom).BaseAddress!, dark, width);
        await room.Page.GotoAsync($"/sign-in?returnUrl={Uri.EscapeDataString(path)}");
        await room.Page.GetByLabel("Access token").FillAsync(new DevelopmentIssuer(system.TokenKey, TimeProvider.System)
            .Issue(new TokenRequest("ada") { Scopes = [scope] }));
        await room.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await room.Page.WaitForURLAsync($"**{path}");
        return room;
    }
}
