namespace EventDriven.Benchmarks.Overload;

/// <summary>Finds what is sustained: the rate is stepped up until orders are refused or late.</summary>
internal static class SustainedRate
{
    private const double Step = 1.25;
    private const int MostSteps = 20;
    private const double LeastAccepted = 0.99;
    private const double MostMs = 1_000;

    /// <summary>Orders/s that were accepted in the last step that was sustained.</summary>
    /// <param name="start">First rate; lowered while it is too much.</param>
    /// <param name="runAsync">Sends so many orders a second for a while.</param>
    /// <exception cref="InvalidOperationException">Not even a small rate is sustained.</exception>
    public static async Task<double> FindAsync(int start, Func<int, Task<FloodResult>> runAsync)
    {
        var (rate, sustained, isDown) = (Math.Max(1, start), 0.0, false);
        for (var step = 0; step < MostSteps; step++)
        {
            var result = await runAsync(rate);
            if (IsSustained(result))
            {
                sustained = result.Accepted / result.Seconds;
                if (isDown)
                {
                    break;
                }

                rate = (int)Math.Ceiling(rate * Step);
            }
            else if (sustained > 0 || rate == 1)
            {
                break;
            }
            else
            {
                (rate, isDown) = (Math.Max(1, (int)(rate / Step)), true);
            }
        }

        return sustained > 0 ? sustained : throw new InvalidOperationException($"Not even {rate} orders/s are sustained.");
    }

    private static bool IsSustained(FloodResult result) =>
        result.Accepted >= LeastAccepted * result.Statuses.Length && result.AcceptedMs(0.99) < MostMs;
}
