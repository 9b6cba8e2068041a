using EventDriven.Messaging;

namespace Analytics.Worker.Revenue;

/// <summary>The values of a payment or refund, without its key.</summary>
internal readonly record struct MovedMoney(decimal Amount, string Currency, DateTimeOffset At)
{
    /// <summary>Compares the stored values with a repeated fact.</summary>
    /// <param name="told">The repeated values.</param>
    /// <param name="time">The event's name of <see cref="At"/>.</param>
    /// <exception cref="ContradictoryEventException">The values differ.</exception>
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

        // PostgreSQL stores whole microseconds.
        _ when At.UtcTicks / TimeSpan.TicksPerMicrosecond != told.At.UtcTicks / TimeSpan.TicksPerMicrosecond => time,
        _ => null,
    };
}
