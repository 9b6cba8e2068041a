//#if (usesDataAnnotations)
using System.ComponentModel.DataAnnotations;
//#endif
using EventDriven.Messaging;
using EventDriven.Messaging.Validation;
//#if (hasFieldOfAnotherEvent)

#error A field was asked for that SomethingHappened does not have. "dotnet new eventdriven-worker --help" lists the fields of each event.
//#endif

namespace Newcomer.Namespace.Worker.Somewhere;

/// <summary>What Newcomer reads of SomethingHappened.</summary>
[Event("eventdriven.somewhere.something-happened.v1")]
internal sealed record SomethingHappened(
    [NotDefault] Guid SubjectId#if (isPayment),
    [PlainText(100)] string ProviderReference#endif#if (hasCustomerId),
    [NotDefault] Guid CustomerId#endif#if (hasAmount),
    [Numeric(14, 2)] decimal Amount#endif#if (hasCurrency),
    [Required, RegularExpression("[A-Z]{3}")] string Currency#endif#if (hasTotal),
    [Numeric(14, 2)] decimal Total#endif#if (hasLines),
    [Length(1, 100)] IReadOnlyList<SomethingHappenedLine> Lines#endif#if (hasShortages),
    [Length(1, 100)] IReadOnlyList<SomethingHappenedShortage> Shortages#endif#if (hasReason),
    [PlainText(64)] string Reason#endif#if (hasSkus),
    [Length(1, 100), PlainText(64)] IReadOnlyList<string> Skus#endif#if (hasHappenedAt),
    [PlausibleTime] DateTimeOffset HappenedAt#endif#if (hasRefundDue),
    [Numeric(14, 2)] decimal? RefundDue = null#endif#if (hasRefundCurrency),
    [RegularExpression("[A-Z]{3}")] string? Currency = null#endif#if (hasOutstanding),
    [Numeric(14, 2)] decimal? Outstanding = null#endif);
