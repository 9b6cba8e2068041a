using System.Collections.Immutable;
using EventDriven.Messaging.Naming;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EventDriven.Messaging.Analyzers.Events;

/// <summary>EDM001: an event whose name the library refuses at start.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class EventNameAnalyzer : LibraryAnalyzer
{
    public const string Id = "EDM001";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "The name of an event is a fact",
        "'{0}' {1}",
        Law.Facts,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Of(Id));

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule];

    protected override void Start(CompilationStartAnalysisContext context, MessagingTypes types)
    {
        context.RegisterSymbolAction(symbol => Analyze(symbol, types), SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context, MessagingTypes types)
    {
        var attribute = types.EventAttribute((INamedTypeSymbol)context.Symbol);
        if (attribute?.ConstructorArguments.FirstOrDefault().Value is string name
            && Problem(name) is { } problem
            && attribute.ApplicationSyntaxReference?.GetSyntax(context.CancellationToken) is AttributeSyntax { ArgumentList: { } list })
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, list.Arguments[0].GetLocation(), name, problem));
        }
    }

    private static string? Problem(string name)
    {
        if (!FactName.HasShape(name))
        {
            return "is no event name; use system.domain.fact-in-the-past-tense.vN, such as shop.orders.order-placed.v1";
        }

        return FactName.IsInPastTense(name)
            ? null
            : "does not read as a fact in the past tense; say what happened, such as 'order-placed', not what to do";
    }
}
