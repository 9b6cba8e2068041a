using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace EventDriven.Messaging.Analyzers.Handlers;

/// <summary>EDM009: a handler that reads the machine's clock, whose time differs with every attempt, replay and test.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class StaticClockAnalyzer : LibraryAnalyzer
{
    public const string Id = "EDM009";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A handler takes the time from the event",
        "'{0}' is another time in each attempt and in a replay; use the event's time (context.Envelope.Time), or an injected TimeProvider "
            + "if the present is meant",
        Law.Replay,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Of(Id));

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule];

    protected override void Start(CompilationStartAnalysisContext context, MessagingTypes types) =>
        HandlerCode.Inspect(context, types, Find, OperationKind.PropertyReference, OperationKind.Invocation);

    private static Diagnostic? Find(IOperation operation) => operation switch
    {
        IPropertyReferenceOperation { Property: var property } when IsClock(property) => Report(operation, property),
        IInvocationOperation { TargetMethod: { Name: "GetUtcNow" or "GetLocalNow" } method, Instance: IPropertyReferenceOperation provider }
            when provider.Property.Name == "System" && provider.Property.ContainingType.IsNamed("System.TimeProvider") =>
            Report(operation, method),
        _ => null,
    };

    private static bool IsClock(IPropertySymbol property) =>
        property is { IsStatic: true, Name: "Now" or "UtcNow" or "Today" }
        && (property.ContainingType.IsNamed("System.DateTime") || property.ContainingType.IsNamed("System.DateTimeOffset"));

    private static Diagnostic Report(IOperation operation, ISymbol clock) =>
        Diagnostic.Create(Rule, operation.Syntax.GetLocation(), $"{clock.ContainingType.Name}.{clock.Name}");
}
