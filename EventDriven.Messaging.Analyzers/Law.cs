namespace EventDriven.Messaging.Analyzers;

/// <summary>The categories of the rules: the law that each keeps (docs/laws.md).</summary>
internal static class Law
{
    /// <summary>An event is an immutable fact in the past tense.</summary>
    public const string Facts = "EventDriven.L1";

    /// <summary>The fact and the state change commit together.</summary>
    public const string Outbox = "EventDriven.L3";

    /// <summary>Order is kept per key.</summary>
    public const string Order = "EventDriven.L5";

    /// <summary>Every consumer is idempotent.</summary>
    public const string Idempotency = "EventDriven.L6";

    /// <summary>The schema is the contract.</summary>
    public const string Contracts = "EventDriven.L7";

    /// <summary>Failures are visible.</summary>
    public const string Visibility = "EventDriven.L8";

    /// <summary>Every event is traceable to its cause.</summary>
    public const string Causes = "EventDriven.L9";

    /// <summary>The log can be replayed.</summary>
    public const string Replay = "EventDriven.L10";

    /// <summary>Exactly-once exists only at boundaries.</summary>
    public const string Boundaries = "EventDriven.L11";
}
