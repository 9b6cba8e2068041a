using EventDriven.Messaging;

namespace EventDriven.Benchmarks.Service;

/// <summary>The event of the benchmarks: about 400 bytes of JSON, like an order with three lines.</summary>
[Event(Type)]
internal sealed record SaleRecorded(
    Guid SaleId, Guid CustomerId, string Currency, decimal Total, IReadOnlyList<SaleLine> Lines, DateTimeOffset RecordedAt)
{
    public const string Type = "benchmarks.sales.sale-recorded.v1";

    public static SaleRecorded Create(Guid id, DateTimeOffset at) => new(
        id, id, "EUR", 74.85m, [new("tea-earl-grey", 2, 9.95m), new("mug-blue", 1, 14.95m), new("kettle-steel", 1, 40.00m)], at);
}
