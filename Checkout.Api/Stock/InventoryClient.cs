using System.Net;
using System.Text.Json;
using Checkout.Api.Orders;
using Polly.Timeout;

namespace Checkout.Api.Stock;

/// <summary>The one command that Checkout gives to another service, for callers who must know at once (law L12).</summary>
internal sealed partial class InventoryClient(HttpClient http, ILogger<InventoryClient> logger)
{
    /// <summary>Asks for stock, at most for the client's timeout; safe to be tried again, because Inventory knows the order by its id.</summary>
    public async Task<Reservation> HoldAsync(Guid orderId, IEnumerable<OrderLine> lines, CancellationToken cancellationToken)
    {
        // Line by line, as they were admitted: what Inventory allows, it allows of a line.
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
        [LoggerMessage(2101, LogLevel.Warning, "Inventory gave no answer about order {OrderId}; it is not placed.")]
        public static partial void NoAnswer(ILogger logger, Exception exception, Guid orderId);
    }
}
