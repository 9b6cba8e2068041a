namespace EventDriven.Messaging.Naming;

/// <summary>
/// What the name of a fact looks like (law L1). The library refuses other names at start and its analyzer in the build: it compiles this
/// file, too, for .NET Standard 2.0.
/// </summary>
internal static class FactName
{
    // Past participles that don't end in "ed"; extend the list when a domain needs another.
    private static readonly HashSet<string> IrregularParticiples = new(StringComparer.Ordinal)
    {
        "bought", "broken", "built", "chosen", "done", "drawn", "forgotten", "found", "frozen", "given", "gone", "held",
        "kept", "left", "lost", "made", "met", "paid", "put", "read", "run", "sent", "set", "shown", "sold", "spent", "taken", "told",
        "withdrawn", "won", "written",
    };

    // Words that end in "ed" without being a participle.
    private static readonly HashSet<string> FalseParticiples = new(StringComparer.Ordinal)
    {
        "feed", "need", "seed", "speed", "exceed", "proceed",
    };

    /// <summary>Whether a name is <c>system.domain.fact.vN</c>, where the fact has several words.</summary>
    public static bool HasShape(string name)
    {
        var parts = name.Split('.');
        return parts.Length == 4 && IsWord(parts[0]) && IsDomain(parts[1]) && IsFact(parts[2]) && IsVersion(parts[3]);
    }

    /// <summary>
    /// Whether a name that has the shape says what happened. The first word is what the fact is about: <c>place-order</c> is a command,
    /// <c>order-placed</c> a fact.
    /// </summary>
    public static bool IsInPastTense(string name) => name.Split('.')[2].Split('-').Skip(1).Any(IsParticiple);

    private static bool IsParticiple(string word) =>
        IrregularParticiples.Contains(word) || (word.EndsWith("ed", StringComparison.Ordinal) && !FalseParticiples.Contains(word));

    private static bool IsDomain(string text) => text.Length > 0 && text.All(c => c == '-' || IsOfWord(c));

    private static bool IsFact(string text)
    {
        var words = text.Split('-');
        return words.Length > 1 && words.All(IsWord);
    }

    private static bool IsWord(string text) => text.Length > 0 && text.All(IsOfWord);

    private static bool IsOfWord(char c) => c is (>= 'a' and <= 'z') or (>= '0' and <= '9');

    private static bool IsVersion(string text) =>
        text.Length > 1 && text[0] == 'v' && text[1] != '0' && text.Skip(1).All(c => c is >= '0' and <= '9');
}
