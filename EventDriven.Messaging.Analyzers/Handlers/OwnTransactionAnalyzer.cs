using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace EventDriven.Messaging.Analyzers.Handlers;

/// <summary>EDM003: a handler that begins, commits or rolls back a transaction.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class OwnTransactionAnalyzer : LibraryAnalyzer
{
    public const string Id = "EDM003";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A handler has no transaction of its own",
        "'{0}' in a handler breaks the transaction that holds the event's inbox row; the library begins and commits it",
        Law.Idempotency,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Of(Id));

    private static readonly string[] Owners =
    [
        "Microsoft.EntityFrameworkCore.Infrastructure.DatabaseFacade",
        "Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction",
        "System.Data.IDbConnection",
        "System.Data.IDbTransaction",
    ];

    private static readonly string[] Calls =
    [
        "BeginTransaction", "BeginTransactionAsync", "UseTransaction", "UseTransactionAsync", "CommitTransaction", "CommitTransactionAsync",
        "RollbackTransaction", "RollbackTransactionAsync", "Commit", "CommitAsync", "Rollback", "RollbackAsync",
    ];

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule];

    protected override void Start(CompilationStartAnalysisContext context, MessagingTypes types) =>
        HandlerCode.Inspect(context, types, Find, OperationKind.Invocation, OperationKind.ObjectCreation);

    private static Diagnostic? Find(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod: var method } when IsOfTransaction(method) =>
            Diagnostic.Create(Rule, operation.Syntax.GetLocation(), method.Name),
        IObjectCreationOperation { Type: { } type } when IsScope(type) =>
            Diagnostic.Create(Rule, operation.Syntax.GetLocation(), type.Name),
        _ => null,
    };

    // A savepoint's name is the argument of the other Rollback of ADO.NET.
    private static bool IsOfTransaction(IMethodSymbol method) =>
        Calls.Contains(method.Name, StringComparer.Ordinal)
        && Owners.Any(method.ReceiverOf().IsOrInherits)
        && !method.Parameters.Any(parameter => parameter.Type.SpecialType == SpecialType.System_String);

    private static bool IsScope(ITypeSymbol type) =>
        type.IsNamed("System.Transactions.TransactionScope") || type.IsNamed("System.Transactions.CommittableTransaction");
}
