using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace EventDriven.Messaging.Analyzers.Events;

/// <summary>EDM012: an event that is registered and has no name, which the library refuses at start.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class NamelessEventAnalyzer : LibraryAnalyzer
{
    public const string Id = "EDM012";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "An event has a name",
        "'{0}' is registered as an event and has no name; write [Event(\"system.domain.fact-in-the-past-tense.v1\")] above it",
        Law.Facts,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Of(Id));

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule];

    protected override void Start(CompilationStartAnalysisContext context, MessagingTypes types)
    {
        if (MessagingTypes.MessagingBuilder(context.Compilation) is { } messaging
            && MessagingTypes.ConsumerBuilder(context.Compilation) is { } consumer)
        {
            context.RegisterOperationAction(call => Analyze(call, types, messaging, consumer), OperationKind.Invocation);
        }
    }

    private static void Analyze(
        OperationAnalysisContext context, MessagingTypes types, INamedTypeSymbol messaging, INamedTypeSymbol consumer)
    {
        var method = ((IInvocationOperation)context.Operation).TargetMethod;
        var registered = method.Name switch
        {
            "Publishes" or "AlsoPublishes" when IsOf(method, messaging) => method.TypeArguments,
            "AddHandler" when IsOf(method, consumer) =>
                types.HandlerInterfaces(method.TypeArguments[0]).Select(implemented => implemented.TypeArguments[0]),
            _ => Enumerable.Empty<ITypeSymbol>(),
        };
        foreach (var nameless in registered.Where(record => record is INamedTypeSymbol && !types.IsEvent(record)))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, context.Operation.Syntax.GetLocation(), nameless.Name));
        }
    }

    private static bool IsOf(IMethodSymbol method, INamedTypeSymbol type) =>
        SymbolEqualityComparer.Default.Equals(method.ContainingType, type);
}
