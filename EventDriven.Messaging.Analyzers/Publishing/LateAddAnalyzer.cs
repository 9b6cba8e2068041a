using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace EventDriven.Messaging.Analyzers.Publishing;

/// <summary>EDM006: an event that is added to the outbox after its state change was saved, and that nothing saves.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class LateAddAnalyzer : LibraryAnalyzer
{
    public const string Id = "EDM006";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "An event is added before SaveChanges",
        "The event is added after SaveChanges and no later one stores it, so it is never sent; add it before",
        Law.Outbox,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Of(Id));

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule];

    protected override void Start(CompilationStartAnalysisContext context, MessagingTypes types)
    {
        context.RegisterOperationAction(call => Analyze(call, types), OperationKind.Invocation);
    }

    private static void Analyze(OperationAnalysisContext context, MessagingTypes types)
    {
        var call = (IInvocationOperation)context.Operation;

        // What a handler adds is saved by the library.
        if (types.IsOutboxAdd(call.TargetMethod)
            && !types.IsHandler(context.ContainingSymbol.ContainingType)
            && Saving.IsSavedBefore(call)
            && !Saving.MayBeSavedAfter(call, context.ContainingSymbol.ContainingType))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, call.Syntax.GetLocation()));
        }
    }
}
