namespace Analytics.Worker.Revenue;

/// <summary>A captured payment.</summary>
internal sealed class Payment
{
    public required Guid OrderId { get; init; }

    /// <summary>The payment provider's id of it.</summary>
    public required string ProviderReference { get; init; }

    /// <summary>In <see cref="Currency"/>.</summary>
    public required decimal Amount { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public required string Currency { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset CapturedAt { get; init; }
}
