using System.Net;
using System.Text;
using EventDriven.Identity;
using EventDriven.Tests.Authorization;
using Microsoft.AspNetCore.Http;

namespace EventDriven.Tests.ControlRoom.Figures.Store;

/// <summary>The page of figures, with a metrics store.</summary>
public sealed class RangedPageTests : IAsyncLifetime
{
    private StubStore _store = null!;
    private ControlRoomApp _app = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _store = await StubStore.StartAsync();
        _app = new ControlRoomApp(new Dictionary<string, string?>(StringComparer.Ordinal) { ["ControlRoom:Prometheus"] = $"{_store.Url}" });
        _app.Client.As(TestTokens.Of(Scopes.OpsRead));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task A_range_is_chosen_by_a_link_and_comes_from_the_store_in_the_page_and_in_its_stream()
    {
        var page = await PageAsync("/figures?range=7d");

        Assert.Contains("""href="/figures?range=24h#system""", page, StringComparison.Ordinal);
        Assert.Contains("""href="/figures?range=7d#system" aria-current="true">7 days</a>""", page, StringComparison.Ordinal);
        Assert.Contains("""href="/#group-inventory">inventory</a>""", page, StringComparison.Ordinal);
        Assert.Contains("""data-stream="/live/figures?range=7d""", page, StringComparison.Ordinal);

        await using var stream = await _app.Client.GetStreamAsync("/live/figures?range=7d", Token);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var seen = "";
        await Eventually.TrueAsync(async () =>
        {
            seen += await reader.ReadLineAsync(Token).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Token);
            return seen.Contains("/#group-inventory", StringComparison.Ordinal);
        });
        Assert.Contains("7 days", seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_fails_is_told_and_the_hour_is_shown()
    {
        _store.Answer = _ => Task.FromResult(Results.StatusCode(500));

        var page = await PageAsync("/figures?range=24h");

        Assert.Contains("The metrics store answers 500", page, StringComparison.Ordinal);
        Assert.Contains("This is the last hour, from memory.", page, StringComparison.Ordinal);
        Assert.Contains("""id="lag""", page, StringComparison.Ordinal);
        Assert.DoesNotContain("This is the last hour", await PageAsync("/figures"), StringComparison.Ordinal);
    }

    // The first reading is made after the start.
    private Task<string> PageAsync(string address) => Eventually.GetAsync(
        async () => WebUtility.HtmlDecode(await _app.Client.GetStringAsync(address, Token)),
        page => page.Contains("""id="system""", StringComparison.Ordinal));
}
