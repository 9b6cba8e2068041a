namespace EventDriven.Chaos.Schedules;

/// <summary>Waits until a time of a schedule has come.</summary>
internal static class Waiting
{
    /// <summary>Returns at the time, or at once when it has passed.</summary>
    public static Task UntilAsync(this TimeProvider time, DateTimeOffset then, CancellationToken cancellationToken) =>
        then - time.GetUtcNow() is { Ticks: > 0 } left ? Task.Delay(left, time, cancellationToken) : Task.CompletedTask;
}
