namespace EventDriven.Messaging.Consuming.Failing;

/// <summary>
/// The time that has run, for what lasts: unlike the time of day, nobody sets it. A clock that was ahead and is set right would otherwise
/// hold up for as long what is to go on in some seconds.
/// </summary>
internal static class RunningTime
{
    /// <summary>Time since some beginning that stays the same while the process lives.</summary>
    public static TimeSpan GetRunningTime(this TimeProvider time) => time.GetElapsedTime(0);
}
