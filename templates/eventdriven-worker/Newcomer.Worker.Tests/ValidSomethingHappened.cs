using Newcomer.Namespace.Worker.Somewhere;

namespace Newcomer.Namespace.Worker.Tests;

/// <summary>Valid values of SomethingHappened, so that a test changes one thing.</summary>
internal static class ValidSomethingHappened
{
    private static readonly DateTimeOffset Time = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static SomethingHappened Create() => new(
        SubjectId: Guid.CreateVersion7(Time)#if (isPayment),
        ProviderReference: "reference-1"#endif#if (hasCustomerId),
        CustomerId: Guid.CreateVersion7(Time)#endif#if (hasAmount),
        Amount: 12.50m#endif#if (hasCurrency),
        Currency: "EUR"#endif#if (hasTotal),
        Total: 12.50m#endif#if (hasUnitPrice),
        Lines: [new SomethingHappenedLine("mug-blue", 2, 6.25m)]#endif#if (hasLines && !hasUnitPrice),
        Lines: [new SomethingHappenedLine("mug-blue", 2)]#endif#if (hasShortages),
        Shortages: [new SomethingHappenedShortage("mug-blue", 2, 1)]#endif#if (hasReason),
        Reason: "customer-request"#endif#if (hasSkus),
        Skus: ["mug-blue"]#endif#if (hasHappenedAt),
        HappenedAt: Time#endif#if (hasRefundDue),
        RefundDue: 12.50m#endif#if (hasRefundCurrency),
        Currency: "EUR"#endif#if (hasOutstanding),
        Outstanding: 2.50m#endif);
}
