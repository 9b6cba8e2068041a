using System.Diagnostics;
using EventDriven.Messaging;

namespace Checkout.Api.Orders.Paying;

/// <summary>The refund of a payment, with the command to the provider.</summary>
internal sealed class Refund
{
    private Refund()
    {
    }

    /// <summary>The payment, which is refunded once.</summary>
    public string ProviderReference { get; private init; } = "";

    /// <summary>One of <see cref="RefundReasons"/>.</summary>
    public string Reason { get; private init; } = "";

    /// <summary>The state of the refund.</summary>
    public RefundState State { get; private set; }

    /// <summary>When it became due, UTC.</summary>
    public DateTimeOffset RequestedAt { get; private init; }

    /// <summary>When the provider may be asked next, UTC.</summary>
    public DateTimeOffset DueAt { get; private init; }

    /// <summary>How often the provider was asked.</summary>
    public int Attempts { get; private set; }

    /// <summary>The sender that holds it until <see cref="LockedUntil"/>; null if none does.</summary>
    public Guid? Lease { get; private set; }

    /// <summary>When another sender may take it, UTC.</summary>
    public DateTimeOffset? LockedUntil { get; private set; }

    /// <summary>The provider's last answer other than a confirmation.</summary>
    public string? LastError { get; private set; }

    /// <summary>When the provider confirmed it, UTC.</summary>
    public DateTimeOffset? RefundedAt { get; private set; }

    /// <summary>Of the request or event that made it due.</summary>
    public string CorrelationId { get; private init; } = "";

    /// <summary>Of the request or event that made it due.</summary>
    public string CausationId { get; private init; } = "";

    /// <summary>W3C Trace Context of the request or event that made it due, so that sending it belongs to the same trace.</summary>
    public string? TraceParent { get; private init; }

    /// <summary>Creates a refund that is due now, with the ids and trace of the current request or event.</summary>
    public static Refund Of(string providerReference, string reason, DateTimeOffset at) => new()
    {
        ProviderReference = providerReference,
        Reason = reason,
        RequestedAt = at,
        DueAt = at,
        CorrelationId = CorrelationContext.Current?.CorrelationId ?? providerReference,
        CausationId = CorrelationContext.Current?.CausationId ?? providerReference,
        TraceParent = Activity.Current?.Id,
    };

    /// <summary>Records the provider's confirmation; false if it is known.</summary>
    public bool Confirm(DateTimeOffset at)
    {
        if (State == RefundState.Refunded)
        {
            return false;
        }

        (State, RefundedAt, Attempts) = (RefundState.Refunded, at, Attempts + 1);
        (LastError, Lease, LockedUntil) = (null, null, null);
        return true;
    }
}
