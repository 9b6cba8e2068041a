using EventDriven.Chaos.Histories;

namespace EventDriven.Chaos.Recoveries;

/// <summary>How long orders take to be answered.</summary>
internal static class OrderLatency
{
    private const double Share = 0.99;
    private const int ServerError = 500;

    /// <summary>
    /// The 99th percentile (nearest rank) of the orders among the operations. An order that was not answered, or with an error of the
    /// server, takes for ever. Null if there is none.
    /// </summary>
    public static TimeSpan? P99(IEnumerable<Operation> operations)
    {
        var times = operations.Where(operation => operation.Kind == OperationKind.Place)
            .Select(order => order.Status is null or >= ServerError ? TimeSpan.MaxValue : order.Ended - order.Begun)
            .Order().ToList();
        return times.Count == 0 ? null : times[(int)Math.Ceiling(Share * times.Count) - 1];
    }
}
