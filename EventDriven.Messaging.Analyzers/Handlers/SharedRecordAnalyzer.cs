using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EventDriven.Messaging.Analyzers.Handlers;

/// <summary>EDM008: a handler whose event is a record of another assembly.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class SharedRecordAnalyzer : LibraryAnalyzer
{
    public const string Id = "EDM008";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A consumer has a record of its own",
        "'{0}' is a record of {1}; declare one here with the same name of the event and only the fields that this consumer reads",
        Law.Contracts,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Of(Id));

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule];

    protected override void Start(CompilationStartAnalysisContext context, MessagingTypes types)
    {
        context.RegisterSyntaxNodeAction(node => Analyze(node, types), SyntaxKind.SimpleBaseType);
    }

    private static void Analyze(SyntaxNodeAnalysisContext context, MessagingTypes types)
    {
        var syntax = ((SimpleBaseTypeSyntax)context.Node).Type;
        if (context.SemanticModel.GetTypeInfo(syntax, context.CancellationToken).Type is INamedTypeSymbol type
            && types.IsHandlerInterface(type)
            && type.TypeArguments[0] is INamedTypeSymbol { DeclaredAccessibility: Accessibility.Public } record
            && !SymbolEqualityComparer.Default.Equals(record.ContainingAssembly, context.Compilation.Assembly))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, syntax.GetLocation(), record.Name, record.ContainingAssembly.Name));
        }
    }
}
