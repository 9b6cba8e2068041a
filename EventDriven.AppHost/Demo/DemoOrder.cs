using System.Diagnostics;

namespace EventDriven.AppHost.Demo;

/// <summary>One of the demo's orders, with its result.</summary>
internal sealed class DemoOrder
{
    public required DemoKind Kind { get; init; }

    public required string Currency { get; init; }

    public required IReadOnlyList<DemoLine> Lines { get; init; }

    /// <summary>The trace id sent with the request; everything that the request causes can be found by it.</summary>
    public ActivityTraceId TraceId { get; } = ActivityTraceId.CreateRandom();

    /// <summary>When the request was sent, UTC.</summary>
    public DateTimeOffset PostedAt { get; set; }

    /// <summary>Checkout's last answer; null before the first one.</summary>
    public OrderAnswer? Answer { get; set; }

    /// <summary>The messages about it.</summary>
    public IReadOnlyList<MessageAnswer> Messages { get; set; } = [];

    public string ExpectedState => Kind switch
    {
        DemoKind.OutOfStock => "Rejected",
        DemoKind.Cancelled or DemoKind.Refunded => "Cancelled",
        _ => "Confirmed",
    };

    /// <summary>One mail for each published change of state, one for the payment and one for its refund.</summary>
    public int ExpectedMails => (Answer?.History.Count ?? 0) + Kind switch { DemoKind.Paid => 1, DemoKind.Refunded => 2, _ => 0 };

    public int SentMails => Messages.Count(message => message.State == "Sent");

    public bool HasEnded => Answer?.State == ExpectedState;

    public bool IsRight => HasEnded && SentMails == ExpectedMails && Messages.Count == ExpectedMails;

    /// <summary>Milliseconds from sending the request to the order's confirmation; null if it was never confirmed.</summary>
    public double? MillisecondsToConfirmed =>
        Answer?.History.FirstOrDefault(step => step.State == "Confirmed") is { } confirmed
            ? (confirmed.At - PostedAt).TotalMilliseconds : null;
}
