using System.Runtime.InteropServices;

namespace EventDriven.Messaging.Consuming;

/// <summary>What an attempt has come to for one item of a lane. The default is an item that is tried again at once.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AttemptResult
{
    /// <summary>What became of it.</summary>
    public AttemptOutcome Outcome { get; private init; }

    /// <summary>Wait before the next attempt, of an item that is not finished.</summary>
    public TimeSpan RetryAfter { get; private init; }

    /// <summary>Whether it is tried without others from now on.</summary>
    public bool IsAlone { get; private init; }

    /// <summary>Whether it waits because it may not become a dead letter now: the wait ends as soon as it may.</summary>
    public bool WaitsForPlace { get; private init; }

    /// <summary>Whether its lane goes on without it.</summary>
    public bool IsFinished => Outcome != AttemptOutcome.RetryAt;

    /// <summary>The lane goes on.</summary>
    public static AttemptResult Finished(AttemptOutcome outcome) => new() { Outcome = outcome };

    /// <summary>It is tried again.</summary>
    public static AttemptResult Retry(TimeSpan after, bool alone) => new() { RetryAfter = after, IsAlone = alone };

    /// <summary>It is tried again by itself when it may become a dead letter, and after this time in any case.</summary>
    public static AttemptResult RetryForPlace(TimeSpan after) => new() { RetryAfter = after, IsAlone = true, WaitsForPlace = true };
}
