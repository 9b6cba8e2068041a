namespace EventDriven.Chaos.Checking.Rules;

/// <summary>One thing that must hold of a system that was left alone after a run.</summary>
/// <param name="law">The law that is broken when it does not hold, such as <c>L5</c> (docs/laws.md).</param>
internal abstract class Rule(string law)
{
    /// <summary>The law.</summary>
    public string Law { get; } = law;

    /// <summary>Its name: that of the class without "Rule".</summary>
    public string Name => GetType().Name[..^nameof(Rule).Length];

    /// <summary>Finds what contradicts the rule.</summary>
    public abstract IEnumerable<Finding> Check(CheckedRun run);
}
