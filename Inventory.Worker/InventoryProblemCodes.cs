using EventDriven.ServiceDefaults.Http;

namespace Inventory.Worker;

/// <summary>Inventory's own codes of problem documents, beside <see cref="ProblemCodes"/>; docs/http.md lists them all.</summary>
internal static class InventoryProblemCodes
{
    /// <summary>409: there is too little of something, and nothing is held; <c>skus</c> names it.</summary>
    public const string NotInStock = "not-in-stock";

    /// <summary>409: the order was cancelled, and nothing is ever held for it again.</summary>
    public const string OrderCancelled = "order-cancelled";

    /// <summary>422: the order id came with other lines before.</summary>
    public const string OtherLines = "other-lines";
}
