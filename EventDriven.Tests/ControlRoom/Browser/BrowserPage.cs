using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace EventDriven.Tests.ControlRoom.Browser;

/// <summary>
/// A page in a browser of its own session. What the browser complains of fails the test that closes it: an error on the console, an
/// exception of a script, a request that failed or that the server answered with an error.
/// </summary>
internal sealed class BrowserPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];
    private bool _isExpecting;

    private BrowserPage(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) => Complain(message.Type == "error", $"console: {message.Text}");
        page.PageError += (_, error) => Complain(isOne: true, $"script: {error}");
        page.RequestFailed += (_, request) =>
            Complain(!IsStream(request.Url), $"failed: {request.Method} {request.Url} ({request.Failure})");
        page.Response += (_, response) => Complain(response.Status >= 400, $"{response.Status}: {response.Request.Method} {response.Url}");
    }

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>Opens a page in a new session.</summary>
    /// <param name="browser">The browser.</param>
    /// <param name="address">Where the server is.</param>
    /// <param name="dark">Whether the system has a dark theme.</param>
    /// <param name="width">Width of the window, in CSS pixels.</param>
    /// <param name="script">Whether scripts run.</param>
    public static async Task<BrowserPage> OpenAsync(
        IBrowser browser, Uri address, bool dark = false, int width = 1280, bool script = true)
    {
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address.ToString(),
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            JavaScriptEnabled = script,
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(30_000);
        return new BrowserPage(context, await context.NewPageAsync());
    }

    /// <summary>Lets the browser complain from now on: servers are stopped on purpose.</summary>
    public void ExpectComplaints() => _isExpecting = true;

    /// <summary>What axe finds that is serious or critical.</summary>
    public async Task<IReadOnlyList<string>> SeriousAsync() =>
    [
        .. (await Page.RunAxe()).Violations
            .Where(violation => violation.Impact is "serious" or "critical")
            .Select(violation => $"{violation.Id} ({violation.Impact}): {violation.Help}: "
                + string.Join("; ", violation.Nodes.Take(3).Select(node => node.Html))),
    ];

    /// <summary>Keeps a picture of the whole page.</summary>
    public Task ScreenshotAsync(string name) => Page.ScreenshotAsync(new PageScreenshotOptions
    {
        Path = Path.Combine(Repository.Root, "artifacts", "screenshots", $"{name}.png"),
        FullPage = true,
    });

    public async ValueTask DisposeAsync()
    {
        await _context.CloseAsync();
        Assert.Empty(_complaints);
    }

    // A stream is cut when the page is left.
    private static bool IsStream(string url) => url.Contains("/live/", StringComparison.Ordinal);

    private void Complain(bool isOne, string what)
    {
        if (isOne && !_isExpecting)
        {
            lock (_complaints)
            {
                _complaints.Add(what);
            }
        }
    }
}
