namespace EventDriven.AppHost.Demo;

/// <summary>The demo's orders: the same in every run.</summary>
internal static class DemoScenario
{
    /// <summary>Stock of each of <see cref="Skus"/> before the orders.</summary>
    public const int Available = 1_000;

    /// <summary>The SKU that is out of stock.</summary>
    public const string SoldOut = "honey-acacia";

    private const int Count = 50;
    private const int OutOfStockEvery = 7;
    private const int CancelledAt = 12;
    private const int PaidAt = 24;
    private const int ImmediateAt = 36;
    private const int RefundedAt = 48;

    private static readonly string[] Currencies = ["EUR", "USD", "GBP"];

    public static IReadOnlyList<string> Skus { get; } =
    [
        "tea-earl-grey", "tea-sencha", "tea-assam", "tea-darjeeling", "tea-oolong", "tea-rooibos",
        "mug-blue", "mug-white", "kettle-steel", "pot-iron", "filter-paper",
    ];

    public static IReadOnlyList<DemoOrder> Orders() => [.. Enumerable.Range(1, Count).Select(Order)];

    private static DemoOrder Order(int number)
    {
        var kind = number switch
        {
            CancelledAt => DemoKind.Cancelled,
            PaidAt => DemoKind.Paid,
            ImmediateAt => DemoKind.Immediate,
            RefundedAt => DemoKind.Refunded,
            _ when number % OutOfStockEvery == 0 => DemoKind.OutOfStock,
            _ => DemoKind.Plain,
        };
        var lines = Enumerable.Range(0, 1 + (number % 3))
            .Select(line => new DemoLine(Skus[(number + line) % Skus.Count], 1 + ((number + line) % 4)));
        return new DemoOrder
        {
            Kind = kind,
            Currency = Currencies[number % Currencies.Length],
            Lines = kind == DemoKind.OutOfStock ? [.. lines, new DemoLine(SoldOut, 1)] : [.. lines],
        };
    }
}
