using System.Text.Json.Nodes;
using EventDriven.Contracts.Inventory;
using EventDriven.ServiceDefaults.Http;
using EventDriven.ServiceDefaults.Http.Reference;
using Inventory.Worker.Stock;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Inventory.Worker.Reservations.Hold;

/// <summary>
/// <c>POST /reservations</c>: holds all lines or none, and answers at once. Idempotent by order id: 200 if they are held or reserved, 409
/// with the missing SKUs if not, 422 if the order id was used with other lines.
/// </summary>
internal static class HoldEndpoint
{
    /// <summary>A request that can be repeated: from the second time on, its hold exists.</summary>
    public static readonly ApiExample Example = ApiExample.Of(new JsonObject
    {
        ["orderId"] = "0190a1b2-0000-7000-8000-0000000000aa",
        ["lines"] = new JsonArray(new JsonObject { ["sku"] = "filter-paper", ["quantity"] = 1 }),
    });

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
            ReservationState.Cancelled => Cancelled(),
            _ when !reservation.Lines.SequenceEqual(lines) =>
                Problems.Unprocessable("lines", "This order id came with other lines before.", InventoryProblemCodes.OtherLines),
            ReservationState.Held or ReservationState.Reserved => TypedResults.Ok(ReservationAnswer.From(reservation)),
            ReservationState.Rejected => Refusal("Not everything is in stock.", InventoryProblemCodes.NotInStock, reservation.ShortSkus),
            _ => Cancelled(),
        };
    }

    private static ProblemHttpResult? Check(HoldRequest request)
    {
        var errors = new FieldErrors();
        errors.Require(request.OrderId != Guid.Empty, "orderId", "Required.");
        errors.Require(request.Lines is { Count: >= 1 and <= MaxLines }, "lines", $"1 to {MaxLines} lines.");
        foreach (var (i, line) in (request.Lines ?? []).Take(MaxLines).Index())
        {
            errors.Require(StockItem.IsSku(line?.Sku), $"lines[{i}].sku", StockItem.SkuRule);
            errors.Require(line?.Quantity is >= 1 and <= MaxQuantity, $"lines[{i}].quantity", $"A number from 1 to {MaxQuantity}.");
        }

        return errors.Any ? errors.ToProblem() : null;
    }

    private static ProblemHttpResult Cancelled() => Refusal("The order was cancelled.", InventoryProblemCodes.OrderCancelled, []);

    private static ProblemHttpResult Refusal(string detail, string code, IReadOnlyList<string> skus) => Problems.Plain(
        StatusCodes.Status409Conflict, detail, code, new Dictionary<string, object?>(StringComparer.Ordinal) { ["skus"] = skus });
}
