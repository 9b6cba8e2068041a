using EventDriven.Contracts.Inventory;
using Inventory.Worker.Stock;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Inventory.Worker.Reservations.Hold;

/// <summary>
/// <c>POST /reservations</c>: holds all lines or none, and answers at once. Idempotent by order id: 200 when they are held or reserved,
/// 409 naming the SKUs when they are not, 422 for other lines under the same order id.
/// </summary>
internal static class HoldEndpoint
{
    private const int MaxLines = StockLines.MaxLines;
    private const int MaxQuantity = StockLines.MaxQuantity;

    public static async Task<Results<Ok<ReservationAnswer>, ProblemHttpResult>> PostAsync(
        HoldRequest request, HoldStock hold, CancellationToken cancellationToken)
    {
        if (Check(request) is { } problem)
        {
            return problem;
        }

        var lines = StockLines.Sum(request.Lines!.Select(l => new StockLine(l.Sku!, l.Quantity)));
        var reservation = await hold.HoldAsync(request.OrderId, lines, cancellationToken);
        return reservation.State switch
        {
            ReservationState.Cancelled => Refusal("The order was cancelled.", []),
            _ when !reservation.Lines.SequenceEqual(lines) => OtherLines(),
            ReservationState.Held or ReservationState.Reserved => TypedResults.Ok(ReservationAnswer.From(reservation)),
            ReservationState.Rejected => Refusal("Not everything is in stock.", reservation.ShortSkus),
            _ => Refusal("The order was cancelled.", []),
        };
    }

    private static ProblemHttpResult? Check(HoldRequest request)
    {
        var fields = new FieldErrors();
        fields.Require(request.OrderId != Guid.Empty, "orderId", "Required.");
        fields.Require(request.Lines is { Count: >= 1 and <= MaxLines }, "lines", $"1 to {MaxLines} lines.");
        foreach (var (i, line) in (request.Lines ?? []).Take(MaxLines).Index())
        {
            fields.Require(
                line?.Sku is { Length: <= StockItem.MaxSkuLength } sku && !string.IsNullOrWhiteSpace(sku),
                $"lines[{i}].sku",
                $"1 to {StockItem.MaxSkuLength} characters.");
            fields.Require(line?.Quantity is >= 1 and <= MaxQuantity, $"lines[{i}].quantity", $"A number from 1 to {MaxQuantity}.");
        }

        return fields.Problem;
    }

    private static ProblemHttpResult Refusal(string title, IReadOnlyList<string> skus) => TypedResults.Problem(
        statusCode: StatusCodes.Status409Conflict, title: title, extensions: [new("skus", skus)]);

    private static ProblemHttpResult OtherLines()
    {
        var fields = new FieldErrors();
        fields.Require(condition: false, "lines", "This order id came with other lines before.");
        return fields.Problem!;
    }
}
