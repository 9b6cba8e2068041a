namespace EventDriven.Messaging.Validation;

/// <summary>What of a record its consumer doesn't admit. It never holds the value, which may be personal data.</summary>
/// <param name="Path">Where it stands, as the data names it: <c>lines[0].quantity</c>; empty for the value itself.</param>
/// <param name="Rule">Says of a path what it must be.</param>
internal readonly record struct Refusal(string Path, Func<string, string> Rule)
{
    /// <summary>The same, seen from what the value is a part of.</summary>
    public Refusal Within(string parent) => this with { Path = Path is "" or ['[', ..] ? parent + Path : $"{parent}.{Path}" };

    /// <summary>A sentence.</summary>
    public override string ToString() => Rule(Path);
}
