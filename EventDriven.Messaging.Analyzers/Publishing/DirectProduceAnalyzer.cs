using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace EventDriven.Messaging.Analyzers.Publishing;

/// <summary>EDM005: a service with an outbox that sends to Kafka beside it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class DirectProduceAnalyzer : LibraryAnalyzer
{
    public const string Id = "EDM005";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Events leave through the outbox",
        "'{0}' sends to Kafka whether or not the state change is committed, and a crash between the two loses one of them; use IOutbox.Add",
        Law.Outbox,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Of(Id));

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule];

    protected override void Start(CompilationStartAnalysisContext context, MessagingTypes types)
    {
        if (MessagingTypes.MessagingBuilder(context.Compilation) is not null
            && context.Compilation.GetTypeByMetadataName("Confluent.Kafka.IProducer`2") is not null)
        {
            context.RegisterOperationAction(Analyze, OperationKind.Invocation);
        }
    }

    private static void Analyze(OperationAnalysisContext context)
    {
        var method = ((IInvocationOperation)context.Operation).TargetMethod;
        if (method.Name is "Produce" or "ProduceAsync" && method.ContainingType.IsOrInherits("Confluent.Kafka.IProducer"))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, context.Operation.Syntax.GetLocation(), method.Name));
        }
    }
}
