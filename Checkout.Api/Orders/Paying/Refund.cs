using System.Diagnostics;
using EventDriven.Messaging;

namespace Checkout.Api.Orders.Paying;

/// <summary>The way back of a payment, and the provider's command that is to be sent for it.</summary>
internal sealed class Refund
{
    private Refund()
    {
    }

    /// <summary>The payment; it is refunded once.</summary>
    public string ProviderReference { get; private init; } = "";

    /// <summary>One of <see cref="RefundReasons"/>.</summary>
    public string Reason { get; private init; } = "";

    /// <summary>How far it is.</summary>
    public RefundState State { get; private set; }

    /// <summary>Since when it is owed, UTC.</summary>
    public DateTimeOffset RequestedAt { get; private init; }

    /// <summary>When the provider may be asked next, UTC.</summary>
    public DateTimeOffset DueAt { get; private init; }

    /// <summary>How often the provider was asked.</summary>
    public int Attempts { get; private set; }

    /// <summary>The sender that has taken it, until <see cref="LockedUntil"/>; null when nobody has.</summary>
    public Guid? Lease { get; private set; }

    /// <summary>When another sender may take it, UTC.</summary>
    public DateTimeOffset? LockedUntil { get; private set; }

    /// <summary>The provider's last answer that was no confirmation.</summary>
    public string? LastError { get; private set; }

    /// <summary>When the provider confirmed it, UTC.</summary>
    public DateTimeOffset? RefundedAt { get; private set; }

    /// <summary>Of the request or event that made it due.</summary>
    public string CorrelationId { get; private init; } = "";

    /// <summary>Of the request or event that made it due.</summary>
    public string CausationId { get; private init; } = "";

    /// <summary>W3C Trace Context of what made it due, so that sending it stands in the same trace.</summary>
    public string? TraceParent { get; private init; }

    /// <summary>One that is due now, as part of the current request or event.</summary>
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

    /// <summary>The provider confirmed it; false when that is known already.</summary>
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
