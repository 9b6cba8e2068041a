using EventDriven.Messaging;

namespace Analytics.Worker.Revenue;

/// <summary>The values of a payment or refund, without its key.</summary>
internal readonly record struct MovedMoney(decimal Amount, string Currency, DateTimeOffset At)
{
    /// <summary>Compares the stored values with a repeated fact.</summary>
    /// <param name="repeated">The repeated values.</param>
    /// <param name="time">The event's name of <see cref="At"/>.</param>
    /// <exception cref="ContradictoryEventException">The values differ.</exception>
    public void Compare(MovedMoney repeated, string time)
    {
        if (Differs(repeated, time) is { } field)
        {
            throw new ContradictoryEventException($"{field}: another was told of the payment before.");
        }
    }

    private string? Differs(MovedMoney repeated, string time) => repeated switch
    {
        _ when Amount != repeated.Amount => "amount",
        _ when Currency != repeated.Currency => "currency",

        // PostgreSQL stores whole microseconds.
        _ when At.UtcTicks / TimeSpan.TicksPerMicrosecond != repeated.At.UtcTicks / TimeSpan.TicksPerMicrosecond => time,
        _ => null,
    };
}
