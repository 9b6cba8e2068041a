using Microsoft.CodeAnalysis;

namespace EventDriven.Messaging.Analyzers;

/// <summary>Questions about types of others, asked by name, because a compilation may not reference them.</summary>
internal static class SymbolExtensions
{
    /// <summary>Whether a type is, inherits or implements another.</summary>
    /// <param name="type">The type.</param>
    /// <param name="fullName">Namespace and name of the other, without type arguments.</param>
    public static bool IsOrInherits(this ITypeSymbol? type, string fullName)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.IsNamed(fullName))
            {
                return true;
            }
        }

        return type?.AllInterfaces.Any(implemented => implemented.IsNamed(fullName)) == true;
    }

    /// <summary>Whether a type has a name, whatever its type arguments are.</summary>
    public static bool IsNamed(this ITypeSymbol? type, string fullName) =>
        type is INamedTypeSymbol { ContainingNamespace: { } space }
        && fullName.Length == space.ToDisplayString().Length + 1 + type.Name.Length
        && fullName.EndsWith("." + type.Name, StringComparison.Ordinal)
        && fullName.StartsWith(space.ToDisplayString() + ".", StringComparison.Ordinal);

    /// <summary>The type that a method is called on: of an extension method, the type that it extends.</summary>
    public static ITypeSymbol? ReceiverOf(this IMethodSymbol method) =>
        method.IsExtensionMethod && method.ReducedFrom is null ? method.Parameters[0].Type : method.ReceiverType;
}
