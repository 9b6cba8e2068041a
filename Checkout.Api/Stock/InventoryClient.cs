using System.Net;
using System.Text.Json;
using Checkout.Api.Orders;
using Polly.RateLimiting;
using Polly.Timeout;

namespace Checkout.Api.Stock;

/// <summary>The only command that Checkout sends to another service, for callers who need the answer at once (law L12).</summary>
internal sealed partial class InventoryClient(HttpClient http, ILogger<InventoryClient> logger)
{
    /// <summary>
    /// Asks for stock, within the client's timeout. It is safe to retry, because Inventory recognizes the order by its id.
    /// </summary>
    public async Task<Reservation> HoldAsync(Guid orderId, IEnumerable<OrderLine> lines, CancellationToken cancellationToken)
    {
        // Sends the lines as validated, without merging: Inventory's limit on quantities applies to a line.
        var request = new HoldRequest(orderId, [.. lines.Select(line => new HoldLine(line.Sku, line.Quantity))]);
        try
        {
            using var response = await http.PostAsJsonAsync("/reservations", request, CheckoutJson.Default.HoldRequest, cancellationToken);
            if (response.StatusCode == HttpStatusCode.Conflict)
            {
                var refusal = await response.Content.ReadFromJsonAsync(CheckoutJson.Default.HoldRefusal, cancellationToken);
                return new Reservation(ReservationState.Refused, refusal?.Skus ?? []);
            }

            response.EnsureSuccessStatusCode();
            return new Reservation(ReservationState.Held, []);
        }
        catch (RateLimiterRejectedException)
        {
            Log.NotAsked(logger, orderId);
            return new Reservation(ReservationState.Unknown, []);
        }
        catch (Exception exception) when (IsNoAnswer(exception) && !cancellationToken.IsCancellationRequested)
        {
            Log.NoAnswer(logger, exception, orderId);
            return new Reservation(ReservationState.Unknown, []);
        }
    }

    private static bool IsNoAnswer(Exception exception) =>
        exception is HttpRequestException or OperationCanceledException or TimeoutRejectedException or JsonException;

    private static partial class Log
    {
        [LoggerMessage(2101, LogLevel.Warning, "Inventory gave no answer about order {OrderId}. The order is not placed.")]
        public static partial void NoAnswer(ILogger logger, Exception exception, Guid orderId);

        [LoggerMessage(2102, LogLevel.Debug, "Inventory was not asked about order {OrderId}, because too many calls wait for it. The order "
            + "is not placed.")]
        public static partial void NotAsked(ILogger logger, Guid orderId);
    }
}
