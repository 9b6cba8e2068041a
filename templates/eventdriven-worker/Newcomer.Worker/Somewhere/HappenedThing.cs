namespace Newcomer.Namespace.Worker.Somewhere;

/// <summary>What Newcomer keeps of SomethingHappened.</summary>
internal sealed class HappenedThing
{
    public required Guid SubjectId { get; init; }
//#if (isPayment)

    public required string ProviderReference { get; init; }
//#endif
//#if (hasCustomerId)

    public required Guid CustomerId { get; init; }
//#endif
//#if (hasAmount)

    public required decimal Amount { get; init; }
//#endif
//#if (hasCurrency)

    /// <summary>ISO 4217 code.</summary>
    public required string Currency { get; init; }
//#endif
//#if (hasTotal)

    public required decimal Total { get; init; }
//#endif
//#if (hasLines)

    /// <summary>Quantity of all lines together.</summary>
    public required int Units { get; init; }
//#endif
//#if (hasReason)

    public required string Reason { get; init; }
//#endif
//#if (hasSkuColumn)

    /// <summary>The SKUs that were short.</summary>
    public required string[] Skus { get; init; }
//#endif
//#if (hasHappenedAt)

    /// <summary>UTC.</summary>
    public required DateTimeOffset HappenedAt { get; init; }
//#endif
//#if (hasRefundDue)

    public decimal? RefundDue { get; init; }
//#endif
//#if (hasRefundCurrency)

    /// <summary>ISO 4217 code.</summary>
    public string? Currency { get; init; }
//#endif
//#if (hasOutstanding)

    public decimal? Outstanding { get; init; }
//#endif

    /// <summary>The row of an event.</summary>
    public static HappenedThing Of(SomethingHappened fact) => new()
    {
        SubjectId = fact.SubjectId,
//#if (isPayment)
        ProviderReference = fact.ProviderReference,
//#endif
//#if (hasCustomerId)
        CustomerId = fact.CustomerId,
//#endif
//#if (hasAmount)
        Amount = fact.Amount,
//#endif
//#if (hasCurrency)
        Currency = fact.Currency,
//#endif
//#if (hasTotal)
        Total = fact.Total,
//#endif
//#if (hasLines)
        Units = fact.Lines.Sum(line => line.Quantity),
//#endif
//#if (hasReason)
        Reason = fact.Reason,
//#endif
//#if (hasSkus)
        Skus = [.. fact.Skus],
//#endif
//#if (hasShortages)
        Skus = [.. fact.Shortages.Select(shortage => shortage.Sku)],
//#endif
//#if (hasHappenedAt)
        HappenedAt = fact.HappenedAt.ToUniversalTime(),
//#endif
//#if (hasRefundDue)
        RefundDue = fact.RefundDue,
//#endif
//#if (hasRefundCurrency)
        Currency = fact.Currency,
//#endif
//#if (hasOutstanding)
        Outstanding = fact.Outstanding,
//#endif
    };
}
