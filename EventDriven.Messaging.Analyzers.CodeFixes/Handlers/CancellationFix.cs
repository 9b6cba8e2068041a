using System.Composition;
using EventDriven.Messaging.Analyzers.Handlers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EventDriven.Messaging.Analyzers.CodeFixes.Handlers;

/// <summary>EDM010: passes the handler's token.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
internal sealed class CancellationFix() : Fix(CancellationAnalyzer.Id)
{
    protected override (string Title, SyntaxNode Changed)? Find(
        SyntaxNode root, SyntaxNode node, SemanticModel model, Diagnostic diagnostic)
    {
        var call = node.FirstAncestorOrSelf<InvocationExpressionSyntax>();
        if (call is null
            || diagnostic.Properties[CancellationAnalyzer.Token] is not { } token
            || diagnostic.Properties[CancellationAnalyzer.Parameter] is not { } parameter)
        {
            return null;
        }

        var passed = SyntaxFactory.IdentifierName(token);
        var none = call.ArgumentList.Arguments.FirstOrDefault(argument => IsNone(argument, model));
        var arguments = none is not null
            ? call.ArgumentList.ReplaceNode(none.Expression, passed)
            : call.ArgumentList.AddArguments(Argument(call, passed, parameter, model));
        return ($"Pass '{token}'", root.ReplaceNode(call, call.WithArgumentList(arguments)));
    }

    private static bool IsNone(ArgumentSyntax argument, SemanticModel model) =>
        argument.Expression.IsKind(SyntaxKind.DefaultLiteralExpression) || argument.Expression.IsKind(SyntaxKind.DefaultExpression)
            ? model.GetTypeInfo(argument.Expression).ConvertedType?.Name == nameof(CancellationToken)
            : model.GetSymbolInfo(argument.Expression).Symbol is IPropertySymbol
            {
                Name: nameof(CancellationToken.None),
                ContainingType.Name: nameof(CancellationToken),
            };

    // Behind optional parameters that are left out, the token needs its name.
    private static ArgumentSyntax Argument(InvocationExpressionSyntax call, ExpressionSyntax token, string parameter, SemanticModel model)
    {
        var argument = SyntaxFactory.Argument(token);
        var called = model.GetSymbolInfo(call).Symbol as IMethodSymbol;
        var position = called?.Parameters.FirstOrDefault(candidate => candidate.Name == parameter)?.Ordinal ?? called?.Parameters.Length;
        var isNext = position == call.ArgumentList.Arguments.Count && call.ArgumentList.Arguments.All(given => given.NameColon is null);
        return isNext ? argument : argument.WithNameColon(SyntaxFactory.NameColon(parameter));
    }
}
