namespace EventDriven.Messaging.Failures;

/// <summary>What an exception says about the next attempt.</summary>
internal enum FailureKind
{
    /// <summary>A server is away. Whatever is tried meanwhile fails as well, so no attempt is counted.</summary>
    Outage,

    /// <summary>The next attempt may succeed: a deadlock, a timeout, a constraint that depends on other rows.</summary>
    Transient,

    /// <summary>
    /// No attempt will succeed, and the input is at fault: data that can't be read, contradicts an earlier event, or can't be stored.
    /// </summary>
    Permanent,

    /// <summary>
    /// Nothing that a server or an event would explain: the code is wrong. A loop that goes on all the same only looks alive.
    /// </summary>
    Defect,
}
