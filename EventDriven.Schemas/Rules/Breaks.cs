namespace EventDriven.Schemas.Rules;

/// <summary>What a difference breaks.</summary>
/// <param name="Backward">The new schema refuses a value that the old one admits.</param>
/// <param name="Forward">The old schema refuses a value that the new one admits.</param>
internal readonly record struct Breaks(bool Backward, bool Forward)
{
    public bool Any => Backward || Forward;

    /// <summary>The name of a rule after the direction of the change.</summary>
    public string Name(string extended, string narrowed, string changed) =>
        Backward && Forward ? changed : Backward ? narrowed : extended;
}
