using System.Net.Http.Headers;
using EventDriven.AppHost.Payments;
using EventDriven.Identity;
using Spectre.Console;

namespace EventDriven.AppHost.Demo;

/// <summary>Places orders of every kind, waits for their results and shows them.</summary>
internal sealed class DemoRun
{
    private const int Succeeded = 0;
    private const int EndedWrong = 1;
    private const int FollowedAtOnce = 4;

    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(30);

    private readonly DemoClient _client;
    private readonly IAnsiConsole _console;

    private DemoRun(DemoClient client, IAnsiConsole console)
    {
        _client = client;
        _console = console;
    }

    /// <returns>Exit code: 0 if every order ended as expected, otherwise 1; the report names the wrong ones.</returns>
    public static async Task<int> RunAsync(
        DemoAddresses addresses,
        WebhookSigner provider,
        DevelopmentIssuer issuer,
        IAnsiConsole console,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        ArgumentNullException.ThrowIfNull(issuer);
        ArgumentNullException.ThrowIfNull(console);
        using var http = new HttpClient { Timeout = RequestTimeout };

        // The demo is the back office: it orders for many customers, and looks into every service.
        http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", issuer.Issue(new TokenRequest("demo") { Scopes = Scopes.All }));
        return await new DemoRun(new DemoClient(addresses, provider, http), console).RunAsync(cancellationToken);
    }

    private async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var orders = DemoScenario.Orders();
        try
        {
            await PrepareAsync(cancellationToken);

            // The first orders warm up every service, where code is still compiled, so that the others show the system and not its start.
            // They come one after another, because a burst would measure the compiler.
            await PlaceAsync(orders[0], cancellationToken);
            await FollowAsync(orders[0], cancellationToken);
            foreach (var order in orders.Skip(1))
            {
                await PlaceAsync(order, cancellationToken);
            }

            var bounded = new ParallelOptions { MaxDegreeOfParallelism = FollowedAtOnce, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(orders, bounded, async (order, token) => await FollowAsync(order, token));
            DemoReport.WriteOrders(_console, orders);
            await WriteJourneyAsync(orders.Single(order => order.Kind == DemoKind.Paid), cancellationToken);
        }
        catch (Exception exception) when (
            exception is HttpRequestException || (exception is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            _console.MarkupLineInterpolated($"[red]error:[/] {exception.Message}");
            return EndedWrong;
        }

        var wrong = orders.Where(order => !order.IsRight).ToList();
        DemoReport.WriteVerdict(_console, orders.Count, wrong);
        return wrong.Count == 0 ? Succeeded : EndedWrong;
    }

    /// <summary>Restocks, so that the result doesn't depend on earlier runs on the same data.</summary>
    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        foreach (var sku in DemoScenario.Skus)
        {
            await _client.SetStockAsync(sku, DemoScenario.Available, cancellationToken);
        }

        await _client.SetStockAsync(DemoScenario.SoldOut, 0, cancellationToken);
        await _client.SignUpAsync(cancellationToken);
    }

    private async Task PlaceAsync(DemoOrder order, CancellationToken cancellationToken)
    {
        await _client.PlaceAsync(order, cancellationToken);
        if (order.Kind is DemoKind.Paid or DemoKind.Refunded)
        {
            await _client.PayAsync(order, cancellationToken);
        }

        if (order.Kind is DemoKind.Cancelled or DemoKind.Refunded)
        {
            await _client.CancelAsync(order, cancellationToken);
        }
    }

    /// <summary>
    /// Waits for the order's final state and its mails. If they don't come in time, the order keeps the last observed values.
    /// </summary>
    private async Task FollowAsync(DemoOrder order, CancellationToken cancellationToken)
    {
        await Poll.UntilAsync(
            async token =>
            {
                order.Answer = await _client.OrderAsync(order, token);
                return order.HasEnded;
            },
            EndTimeout,
            cancellationToken);
        await Poll.UntilAsync(
            async token =>
            {
                order.Messages = await _client.MessagesAsync(order, token);
                return order.SentMails >= order.ExpectedMails;
            },
            EndTimeout,
            cancellationToken);
    }

    private async Task WriteJourneyAsync(DemoOrder order, CancellationToken cancellationToken)
    {
        FiguresAnswer? figures = null;
        await Poll.UntilAsync(
            async token =>
            {
                figures = await _client.FiguresAsync(order, token);
                return figures is { ConfirmedAt: not null, ReservedAt: not null, PaidAt: not null };
            },
            EndTimeout,
            cancellationToken);
        DemoReport.WriteJourney(_console, order, await _client.ReservationAsync(order, cancellationToken), figures);
    }
}
