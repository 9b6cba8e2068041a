using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace EventDriven.Messaging.Analyzers.Handlers;

/// <summary>
/// What runs in the transaction of an event: <c>HandleAsync</c> of a handler and the methods of its class that it reaches, except what is
/// put off until after the commit with <c>OnCommitted</c>.
/// </summary>
internal sealed class HandlerCode
{
    private readonly MessagingTypes _types;
    private readonly INamedTypeSymbol _handler;
    private readonly ConcurrentBag<(ISymbol Caller, ISymbol Called)> _calls = [];
    private readonly ConcurrentBag<(ISymbol Method, Diagnostic Diagnostic)> _found = [];

    private HandlerCode(MessagingTypes types, INamedTypeSymbol handler)
    {
        _types = types;
        _handler = handler;
    }

    /// <summary>Reports what <paramref name="inspect"/> finds in the code of handlers.</summary>
    public static void Inspect(
        CompilationStartAnalysisContext context,
        MessagingTypes types,
        Func<IOperation, Diagnostic?> inspect,
        params OperationKind[] kinds) =>
        context.RegisterSymbolStartAction(type => Inspect(type, types, inspect, kinds), SymbolKind.NamedType);

    private static void Inspect(
        SymbolStartAnalysisContext context, MessagingTypes types, Func<IOperation, Diagnostic?> inspect, OperationKind[] kinds)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (!types.IsHandler(type))
        {
            return;
        }

        var code = new HandlerCode(types, type);
        context.RegisterOperationAction(code.NoteCall, OperationKind.Invocation, OperationKind.MethodReference);
        context.RegisterOperationAction(
            operation =>
            {
                if (code.IsInTransaction(operation) && inspect(operation.Operation) is { } diagnostic)
                {
                    code._found.Add((operation.ContainingSymbol, diagnostic));
                }
            },
            kinds);
        context.RegisterSymbolEndAction(code.Report);
    }

    private void NoteCall(OperationAnalysisContext context)
    {
        var called = context.Operation is IInvocationOperation invocation
            ? invocation.TargetMethod
            : ((IMethodReferenceOperation)context.Operation).Method;
        if (SymbolEqualityComparer.Default.Equals(called.OriginalDefinition.ContainingType, _handler) && IsInTransaction(context))
        {
            _calls.Add((context.ContainingSymbol, called.OriginalDefinition));
        }
    }

    private bool IsInTransaction(OperationAnalysisContext context)
    {
        // A nested type is a symbol of its own.
        if (!SymbolEqualityComparer.Default.Equals(context.ContainingSymbol.ContainingType, _handler))
        {
            return false;
        }

        for (var outer = context.Operation.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is IInvocationOperation { TargetMethod: var method } && _types.IsOnCommitted(method))
            {
                return false;
            }
        }

        return true;
    }

    private void Report(SymbolAnalysisContext context)
    {
        if (_found.IsEmpty)
        {
            return;
        }

        var reached = Reached();
        foreach (var (method, diagnostic) in _found)
        {
            if (reached.Contains(method))
            {
                context.ReportDiagnostic(diagnostic);
            }
        }
    }

    private HashSet<ISymbol> Reached()
    {
        var calls = _calls.ToLookup(call => call.Caller, call => call.Called, SymbolEqualityComparer.Default);
        var reached = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var next = new Stack<ISymbol>(
            from implemented in _types.HandlerInterfaces(_handler)
            from member in implemented.GetMembers()
            let method = _handler.FindImplementationForInterfaceMember(member)
            where method is not null
            select method);
        while (next.Count > 0)
        {
            var method = next.Pop();
            if (reached.Add(method))
            {
                foreach (var called in calls[method])
                {
                    next.Push(called);
                }
            }
        }

        return reached;
    }
}
