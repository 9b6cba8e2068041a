using EventDriven.ServiceDefaults.Http;

namespace Inventory.Worker;

/// <summary>Inventory's own problem codes, in addition to <see cref="ProblemCodes"/>; docs/http.md lists all of them.</summary>
internal static class InventoryProblemCodes
{
    /// <summary>409: stock is short, and nothing is held; <c>skus</c> names the missing SKUs.</summary>
    public const string NotInStock = "not-in-stock";

    /// <summary>409: the order was cancelled, and stock is never held for it again.</summary>
    public const string OrderCancelled = "order-cancelled";

    /// <summary>422: the order id came with other lines before.</summary>
    public const string OtherLines = "other-lines";
}
