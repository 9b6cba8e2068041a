using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace EventDriven.Messaging.Analyzers.Publishing;

/// <summary>Whether changes of a <c>DbContext</c> are saved before and after an operation of the same function.</summary>
internal static class Saving
{
    private const string Context = "Microsoft.EntityFrameworkCore.DbContext";

    /// <summary>Whether a statement on every path to the operation saves changes.</summary>
    public static bool IsSavedBefore(IOperation operation)
    {
        for (var inner = operation; inner.Parent is { } outer && !IsFunction(inner); inner = outer)
        {
            if (outer is IBlockOperation block && block.Operations.TakeWhile(statement => statement != inner).Any(Saves))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether something behind the operation saves changes, or calls code that could.</summary>
    public static bool MayBeSavedAfter(IOperation operation, ITypeSymbol type) =>
        Function(operation).Descendants().OfType<IInvocationOperation>().Any(
            call => call.Syntax.SpanStart > operation.Syntax.Span.End && MaySave(call, type));

    public static bool IsSaveChanges(IMethodSymbol method) =>
        method.Name is "SaveChanges" or "SaveChangesAsync" && method.ContainingType.IsOrInherits(Context);

    // A condition or loop around the call makes it one that may not happen.
    private static bool Saves(IOperation statement) =>
        statement is IExpressionStatementOperation or IVariableDeclarationGroupOperation or IReturnOperation
        && statement.Descendants().OfType<IInvocationOperation>().Any(
            call => IsSaveChanges(call.TargetMethod) && Function(call) == Function(statement));

    private static bool MaySave(IInvocationOperation call, ITypeSymbol type)
    {
        var method = call.TargetMethod;
        return IsSaveChanges(method)
            || method.MethodKind is MethodKind.LocalFunction or MethodKind.DelegateInvoke
            || SymbolEqualityComparer.Default.Equals(method.ContainingType, type)
            || method.Name.Contains("Save")
            || (method.Name.Contains("Commit") && !IsOfTransaction(method))
            || (method.Locations.Any(location => location.IsInSource) && method.ReceiverOf().IsOrInherits(Context))
            || call.Arguments.Any(argument => argument.Value.Type.IsOrInherits(Context));
    }

    private static bool IsOfTransaction(IMethodSymbol method) =>
        method.ContainingType.IsOrInherits("Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction")
        || method.ContainingType.IsOrInherits("System.Data.IDbTransaction")
        || method.ContainingType.IsNamed("Microsoft.EntityFrameworkCore.Infrastructure.DatabaseFacade");

    private static IOperation Function(IOperation operation)
    {
        var function = operation;
        while (function.Parent is { } outer && !IsFunction(function))
        {
            function = outer;
        }

        return function;
    }

    private static bool IsFunction(IOperation operation) => operation is IAnonymousFunctionOperation or ILocalFunctionOperation;
}
