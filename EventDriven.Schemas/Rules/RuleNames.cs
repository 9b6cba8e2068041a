namespace EventDriven.Schemas.Rules;

/// <summary>Names of rules, as Confluent's Schema Registry spells them.</summary>
internal static class RuleNames
{
    /// <summary><c>maxLength</c> becomes <c>MAX_LENGTH</c>.</summary>
    public static string Of(string keyword) =>
        string.Concat(keyword.Select(letter => char.IsUpper(letter) ? $"_{letter}" : $"{char.ToUpperInvariant(letter)}"));

    /// <summary>The rule for what applies to the rest: <c>additionalProperties</c> and its like.</summary>
    public static string OfRest(string keyword, Model.Schema? old, Model.Schema? updated)
    {
        var change = (old, updated) switch
        {
            (_, { IsFalse: true }) => "REMOVED",
            ({ IsFalse: true }, _) => "ADDED",
            (null or { IsTrue: true }, _) => "NARROWED",
            _ => "EXTENDED",
        };
        return $"{Of(keyword)}_{change}";
    }
}
