using Microsoft.CodeAnalysis;

namespace EventDriven.Messaging.Analyzers.Events;

/// <summary>The types of an assembly that events consist of: those with an event's name, and those of their members.</summary>
internal static class EventParts
{
    public static HashSet<ITypeSymbol> Of(IAssemblySymbol assembly, MessagingTypes types)
    {
        var parts = new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default);
        var next = new Stack<ITypeSymbol>(TypesOf(assembly.GlobalNamespace).Where(types.IsEvent));
        while (next.Count > 0)
        {
            var part = next.Pop();
            if (SymbolEqualityComparer.Default.Equals(part.ContainingAssembly, assembly) && parts.Add(part))
            {
                foreach (var member in DataOf(part).SelectMany(data => Nested(data.Type)))
                {
                    next.Push(member.OriginalDefinition);
                }
            }
        }

        return parts;
    }

    /// <summary>The members that are an event's data: public properties and fields of an instance.</summary>
    public static IEnumerable<(ISymbol Member, ITypeSymbol Type)> DataOf(ITypeSymbol type) =>
        from member in type.GetMembers()
        where member is { DeclaredAccessibility: Accessibility.Public, IsStatic: false, IsImplicitlyDeclared: false }
        let dataType = (member as IPropertySymbol)?.Type ?? (member as IFieldSymbol)?.Type
        where dataType is not null
        select (member, dataType);

    private static IEnumerable<ITypeSymbol> Nested(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => Nested(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.SelectMany(Nested).Append(named),
        _ => [],
    };

    private static IEnumerable<INamedTypeSymbol> TypesOf(INamespaceOrTypeSymbol container)
    {
        foreach (var member in container.GetMembers().OfType<INamespaceOrTypeSymbol>())
        {
            if (member is INamedTypeSymbol type)
            {
                yield return type;
            }

            foreach (var inner in TypesOf(member))
            {
                yield return inner;
            }
        }
    }
}
