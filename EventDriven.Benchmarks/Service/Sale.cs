namespace EventDriven.Benchmarks.Service;

/// <summary>The effect of a <see cref="SaleRecorded"/>: one row.</summary>
internal sealed class Sale
{
    public required Guid Id { get; init; }

    public required Guid CustomerId { get; init; }

    public required decimal Total { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }
}
