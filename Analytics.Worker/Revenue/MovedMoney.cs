using EventDriven.Messaging;

namespace Analytics.Worker.Revenue;

/// <summary>What is told of one payment, or of its refund, besides which one it is.</summary>
internal readonly record struct MovedMoney(decimal Amount, string Currency, DateTimeOffset At)
{
    /// <summary>Compares what was told first with what is told again.</summary>
    /// <param name="told">What is told again.</param>
    /// <param name="time">What the event names <see cref="At"/>.</param>
    /// <exception cref="ContradictoryEventException">They differ.</exception>
    public void Compare(MovedMoney told, string time)
    {
        if (Differs(told, time) is { } field)
        {
            throw new ContradictoryEventException($"{field}: another was told of the payment before.");
        }
    }

    private string? Differs(MovedMoney told, string time) => told switch
    {
        _ when Amount != told.Amount => "amount",
        _ when Currency != told.Currency => "currency",

        // PostgreSQL keeps whole microseconds.
        _ when At.UtcTicks / TimeSpan.TicksPerMicrosecond != told.At.UtcTicks / TimeSpan.TicksPerMicrosecond => time,
        _ => null,
    };
}
