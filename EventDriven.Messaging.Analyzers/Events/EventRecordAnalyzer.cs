using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EventDriven.Messaging.Analyzers.Events;

/// <summary>EDM002: an event, or a part of it, that can change after it was made.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class EventRecordAnalyzer : LibraryAnalyzer
{
    public const string Id = "EDM002";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "An event does not change",
        "'{0}' of an event can change: {1}",
        Law.Facts,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Of(Id));

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule];

    protected override void Start(CompilationStartAnalysisContext context, MessagingTypes types)
    {
        var parts = new Lazy<HashSet<ITypeSymbol>>(() => EventParts.Of(context.Compilation.Assembly, types));
        context.RegisterSymbolAction(symbol => Analyze(symbol, parts), SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context, Lazy<HashSet<ITypeSymbol>> parts)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.TypeKind is not (TypeKind.Class or TypeKind.Struct) || !parts.Value.Contains(type))
        {
            return;
        }

        foreach (var (member, dataType) in EventParts.DataOf(type))
        {
            if ((Assignment(member) ?? MutableCollections.Problem(dataType)) is { } problem)
            {
                context.ReportDiagnostic(Diagnostic.Create(Rule, member.Locations[0], member.Name, problem));
            }
        }
    }

    private static string? Assignment(ISymbol member) => member switch
    {
        IPropertySymbol { SetMethod: { IsInitOnly: false, DeclaredAccessibility: not Accessibility.Private } } =>
            "it has a setter; use 'init'",
        IFieldSymbol { IsReadOnly: false, IsConst: false } => "it is a field; use a property with 'init'",
        _ => null,
    };
}
