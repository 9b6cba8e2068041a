namespace EventDriven.Chaos.Checking;

/// <summary>Something that a correct system would not have left behind.</summary>
/// <param name="Rule">The rule that found it, such as <c>FactOrder</c>.</param>
/// <param name="Law">The law that it breaks, such as <c>L5</c> (docs/laws.md).</param>
/// <param name="What">What is wrong, in a sentence.</param>
/// <param name="History">The shortest list of requests, events and rows that shows it.</param>
internal sealed record Anomaly(string Rule, string Law, string What, IReadOnlyList<string> History);
