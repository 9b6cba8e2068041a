using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace EventDriven.Messaging.Analyzers.Handlers;

/// <summary>EDM004: a handler that calls another system or waits while the event's transaction is open.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class OutsideWorkAnalyzer : LibraryAnalyzer
{
    public const string Id = "EDM004";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A handler only writes to its database",
        "'{0}' in a handler keeps the event's transaction open and happens again with each attempt; store a row that says what is to be "
            + "done, and do it after the commit",
        Law.Boundaries,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Of(Id));

    /// <summary>Types that talk to other systems, and how their methods begin that do so.</summary>
    private static readonly (string Type, string[] Calls)[] Outside =
    [
        ("System.Net.Http.HttpMessageInvoker", ["Get", "Post", "Put", "Patch", "Delete", "Send"]),
        ("System.Net.Mail.SmtpClient", ["Send"]),
        ("MailKit.IMailService", ["Connect", "Authenticate", "Send"]),
        ("Grpc.Core.ClientBase", [""]),
    ];

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule];

    protected override void Start(CompilationStartAnalysisContext context, MessagingTypes types) =>
        HandlerCode.Inspect(context, types, Find, OperationKind.Invocation);

    private static Diagnostic? Find(IOperation operation)
    {
        var method = ((IInvocationOperation)operation).TargetMethod;
        if (!IsWait(method) && !IsOutside(method))
        {
            return null;
        }

        var receiver = method.ReceiverOf() ?? method.ContainingType;
        return Diagnostic.Create(Rule, operation.Syntax.GetLocation(), $"{receiver.Name}.{method.Name}");
    }

    private static bool IsWait(IMethodSymbol method) => method.Name switch
    {
        "Delay" => method.ContainingType.IsNamed("System.Threading.Tasks.Task"),
        "Sleep" => method.ContainingType.IsNamed("System.Threading.Thread"),
        _ => false,
    };

    private static bool IsOutside(IMethodSymbol method) =>
        (!method.IsStatic || method.IsExtensionMethod)
        && Outside.Any(outside => outside.Calls.Any(call => method.Name.StartsWith(call, StringComparison.Ordinal))
            && method.ReceiverOf().IsOrInherits(outside.Type));
}
