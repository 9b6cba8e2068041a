using System.Net;
using EventDriven.Benchmarks.Checkout;
using EventDriven.Benchmarks.EndToEnd;
using EventDriven.Benchmarks.Harness;
using EventDriven.Benchmarks.Harness.Contestants;

namespace EventDriven.Benchmarks.ControlRoom;

/// <summary>Five open pages while orders come at a steady rate: what the control room's process takes.</summary>
internal sealed class Watchers(RunningApplication application, HttpClient http)
{
    /// <summary>Its name in the application.</summary>
    public const string Service = "control-room";

    private static readonly TimeSpan OpenBound = TimeSpan.FromSeconds(30);

    /// <param name="warmUpSeconds">How long orders come before it is measured: at a tenth, at half and at all of the rate.</param>
    /// <param name="seconds">How long it is measured.</param>
    /// <param name="perSecond">Orders/s.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidOperationException">A page has told nothing.</exception>
    public async Task<Measurement> MeasureAsync(int warmUpSeconds, int seconds, int perSecond, CancellationToken cancellationToken)
    {
        using var closing = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        LivePage[] pages =
        [
            .. ((string[])
            [
                "/live/flow", "/live/dead-letters", "/live/figures", "/live/tail?topic=orders.v1",
                $"/live/journeys?order={await PlaceAsync(cancellationToken)}",
            ]).Select(address => new LivePage(http, address)),
        ];
        var open = pages.Select(page => page.WatchAsync(closing.Token)).ToArray();
        try
        {
            await Task.WhenAll(pages.Select(page => page.FirstAsync(OpenBound, cancellationToken)));
            using var orders = new OrderStream(application, watches: []);

            // Slowly at first, while the services compile their code.
            foreach (var rate in new[] { Math.Max(1, perSecond / 10), Math.Max(1, perSecond / 2), perSecond })
            {
                await orders.RunAsync(rate, rate * warmUpSeconds, cancellationToken);
            }

            var before = pages.Select(page => page.Told).ToList();
            var meters = new ServiceMeters(application);
            await orders.RunAsync(perSecond, perSecond * seconds, cancellationToken);
            meters.Print($"{Service}: five open pages, {perSecond} orders/s", perSecond * seconds);
            var measured = meters.Read(perSecond * seconds).Single(service => service.Service == Service).Measured;
            for (var i = 0; i < pages.Length; i++)
            {
                await Console.Out.WriteLineAsync($"  {pages[i].Address.Split('?')[0]}: told {pages[i].Told - before[i]} times");
            }

            return measured;
        }
        finally
        {
            await closing.CancelAsync();
            await Task.WhenAll(open).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<Guid> PlaceAsync(CancellationToken cancellationToken)
    {
        using var request = OrderBody.NewRequest(new Uri(application.Url("checkout"), "/orders"));
        using var answer = await http.SendAsync(request, cancellationToken);
        return answer is { StatusCode: HttpStatusCode.Created, Headers.Location: { } location }
            ? Guid.Parse(location.OriginalString.AsSpan("/orders/".Length))
            : throw new InvalidOperationException($"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
    }
}
