using Microsoft.CodeAnalysis;

namespace EventDriven.Messaging.Analyzers.Events;

/// <summary>Collections that whoever has them can change, and what to use instead.</summary>
internal static class MutableCollections
{
    private const string Generic = "System.Collections.Generic.";

    private static readonly Dictionary<string, string> Replacements = new(StringComparer.Ordinal)
    {
        [Generic + "List"] = "IReadOnlyList",
        [Generic + "IList"] = "IReadOnlyList",
        [Generic + "ICollection"] = "IReadOnlyCollection",
        ["System.Collections.ObjectModel.Collection"] = "IReadOnlyList",
        ["System.Collections.ObjectModel.ObservableCollection"] = "IReadOnlyList",
        [Generic + "Dictionary"] = "IReadOnlyDictionary",
        [Generic + "IDictionary"] = "IReadOnlyDictionary",
        [Generic + "SortedDictionary"] = "IReadOnlyDictionary",
        [Generic + "HashSet"] = "IReadOnlySet",
        [Generic + "ISet"] = "IReadOnlySet",
        [Generic + "SortedSet"] = "IReadOnlySet",
    };

    /// <summary>What is wrong with the type; null if nothing is. Bytes are left alone: JSON has no better type for them.</summary>
    public static string? Problem(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Byte } => null,
        IArrayTypeSymbol => "it is an array; use 'IReadOnlyList<T>'",
        _ => Replacement(type) is { } replacement ? $"it is a {type.Name}; use '{replacement}<{Parameters(type)}>'" : null,
    };

    /// <summary>The name of the read-only interface; null if the type is no mutable collection.</summary>
    public static string? Replacement(ITypeSymbol type) =>
        Replacements.TryGetValue($"{type.ContainingNamespace?.ToDisplayString()}.{type.Name}", out var replacement) ? replacement : null;

    private static string Parameters(ITypeSymbol type) =>
        string.Join(", ", ((INamedTypeSymbol)type.OriginalDefinition).TypeParameters.Select(parameter => parameter.Name));
}
