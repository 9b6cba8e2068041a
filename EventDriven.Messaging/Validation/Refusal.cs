namespace EventDriven.Messaging.Validation;

/// <summary>A part of a record that its consumer refuses. It never holds the value, which may be personal data.</summary>
/// <param name="Path">Path of the value in the data: <c>lines[0].quantity</c>; empty for the value itself.</param>
/// <param name="Rule">Makes a sentence about the path: what the value must be.</param>
internal readonly record struct Refusal(string Path, Func<string, string> Rule)
{
    /// <summary>The same refusal, with the path from the parent value.</summary>
    public Refusal Within(string parent) => this with { Path = Path is "" or ['[', ..] ? parent + Path : $"{parent}.{Path}" };

    /// <summary>The refusal as a sentence.</summary>
    public override string ToString() => Rule(Path);
}
