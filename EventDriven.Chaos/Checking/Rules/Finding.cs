namespace EventDriven.Chaos.Checking.Rules;

/// <summary>What a rule found.</summary>
/// <param name="What">What is wrong, in a sentence.</param>
/// <param name="History">The shortest list of requests, events and rows that shows it.</param>
internal sealed record Finding(string What, IReadOnlyList<string> History)
{
    /// <summary>A finding with the requests, records and rows that show it; nulls are left out.</summary>
    public static Finding Of(string what, params IEnumerable<object?> history) =>
        new(what, [.. history.Where(item => item is not null).Select(item => item!.ToString()!)]);
}
