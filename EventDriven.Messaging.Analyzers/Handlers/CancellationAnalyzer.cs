using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace EventDriven.Messaging.Analyzers.Handlers;

/// <summary>EDM010: a call in a handler that could be given the handler's token and isn't.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class CancellationAnalyzer : LibraryAnalyzer
{
    public const string Id = "EDM010";

    /// <summary>The property of a diagnostic that names the token to pass.</summary>
    public const string Token = "Token";

    /// <summary>The property of a diagnostic that names the parameter to pass it to.</summary>
    public const string Parameter = "Parameter";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A handler passes its cancellation token on",
        "'{0}' goes on when the attempt is over or the partition is lost; pass '{1}'",
        Law.Order,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Of(Id));

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule];

    protected override void Start(CompilationStartAnalysisContext context, MessagingTypes types) =>
        HandlerCode.Inspect(context, types, Find, OperationKind.Invocation);

    private static Diagnostic? Find(IOperation operation)
    {
        var call = (IInvocationOperation)operation;
        if (!IsTask(call.Type) || IsCleanup(call) || TokenInScope(call) is not { } token || Missing(call) is not { } parameter)
        {
            return null;
        }

        var properties = ImmutableDictionary<string, string?>.Empty.Add(Token, token).Add(Parameter, parameter);
        return Diagnostic.Create(Rule, call.Syntax.GetLocation(), properties, call.TargetMethod.Name, token);
    }

    /// <summary>The name of the parameter that the token is not passed to; null if it is passed, or can't be.</summary>
    private static string? Missing(IInvocationOperation call)
    {
        var tokens = call.Arguments.Where(argument => IsToken(argument.Parameter?.Type)).ToList();
        if (tokens.Count > 0)
        {
            return tokens.All(IsNone) ? tokens[0].Parameter!.Name : null;
        }

        var method = (call.TargetMethod.ReducedFrom ?? call.TargetMethod).OriginalDefinition;
        return method.ContainingType.GetMembers(method.Name).OfType<IMethodSymbol>()
            .Where(other => IsSameWithToken(method, other))
            .Select(other => other.Parameters.Last().Name)
            .FirstOrDefault();
    }

    private static bool IsSameWithToken(IMethodSymbol method, IMethodSymbol other) =>
        other.Parameters.Length == method.Parameters.Length + 1
        && other.IsStatic == method.IsStatic
        && other.Arity == method.Arity
        && other.DeclaredAccessibility >= method.DeclaredAccessibility
        && IsToken(other.Parameters.Last().Type)
        && method.Parameters.Zip(other.Parameters, (one, same) => (one, same)).All(IsSame);

    // Type parameters of two methods differ; their names and bounds are compared by the compiler when the fix is applied.
    private static bool IsSame((IParameterSymbol One, IParameterSymbol Same) pair) =>
        pair.One.RefKind == pair.Same.RefKind && pair.One.Type.ToDisplayString() == pair.Same.Type.ToDisplayString();

    private static bool IsNone(IArgumentOperation argument)
    {
        var value = argument.Value is IConversionOperation conversion ? conversion.Operand : argument.Value;
        return argument.ArgumentKind == ArgumentKind.DefaultValue
            || value is IDefaultValueOperation
            || (value is IPropertyReferenceOperation { Property: { Name: "None", ContainingType: var type } } && IsToken(type));
    }

    /// <summary>The token of the innermost function around the call that has one.</summary>
    private static string? TokenInScope(IOperation operation)
    {
        for (var outer = operation.Parent; outer is not null; outer = outer.Parent)
        {
            var function = (outer as IAnonymousFunctionOperation)?.Symbol ?? (outer as ILocalFunctionOperation)?.Symbol;
            if (function is not null && (NameOfToken(function) is not null || function.IsStatic))
            {
                return NameOfToken(function);
            }
        }

        return operation.SemanticModel?.GetEnclosingSymbol(operation.Syntax.SpanStart) is { } symbol ? NameOfToken(Member(symbol)) : null;
    }

    private static IMethodSymbol? Member(ISymbol symbol)
    {
        var method = symbol as IMethodSymbol;
        while (method is { MethodKind: MethodKind.AnonymousFunction or MethodKind.LocalFunction })
        {
            method = method.ContainingSymbol as IMethodSymbol;
        }

        return method;
    }

    private static string? NameOfToken(IMethodSymbol? method) =>
        method?.Parameters.FirstOrDefault(parameter => IsToken(parameter.Type))?.Name;

    // What cleans up after a failure must not be cancelled by the same token.
    private static bool IsCleanup(IOperation operation)
    {
        for (var inner = operation; inner.Parent is { } outer; inner = outer)
        {
            if (outer is ICatchClauseOperation || (outer is ITryOperation attempt && attempt.Finally == inner))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsToken(ITypeSymbol? type) => type.IsNamed("System.Threading.CancellationToken");

    private static bool IsTask(ITypeSymbol? type) =>
        type.IsNamed("System.Threading.Tasks.Task") || type.IsNamed("System.Threading.Tasks.ValueTask");
}
