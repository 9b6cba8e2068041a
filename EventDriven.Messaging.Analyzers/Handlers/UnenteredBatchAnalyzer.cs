using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace EventDriven.Messaging.Analyzers.Handlers;

/// <summary>EDM011: a batch handler that publishes and never says which event is the cause.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class UnenteredBatchAnalyzer : LibraryAnalyzer
{
    public const string Id = "EDM011";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A batch handler publishes within Enter",
        "The outbox refuses an event of a batch whose cause is unknown; publish it within 'using var entered = context.Enter();'",
        Law.Causes,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Of(Id));

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule];

    protected override void Start(CompilationStartAnalysisContext context, MessagingTypes types)
    {
        context.RegisterSymbolStartAction(type => Analyze(type, types), SymbolKind.NamedType);
    }

    private static void Analyze(SymbolStartAnalysisContext context, MessagingTypes types)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (!types.IsBatchHandler(type) || types.IsHandlerOfSingleEvents(type))
        {
            return;
        }

        var additions = new ConcurrentBag<Location>();
        var enters = 0;
        context.RegisterOperationAction(
            operation =>
            {
                var method = ((IInvocationOperation)operation.Operation).TargetMethod;
                if (types.IsEnter(method))
                {
                    Interlocked.Increment(ref enters);
                }
                else if (types.IsOutboxAdd(method))
                {
                    additions.Add(operation.Operation.Syntax.GetLocation());
                }
            },
            OperationKind.Invocation);
        context.RegisterSymbolEndAction(end =>
        {
            if (enters == 0)
            {
                foreach (var addition in additions)
                {
                    end.ReportDiagnostic(Diagnostic.Create(Rule, addition));
                }
            }
        });
    }
}
