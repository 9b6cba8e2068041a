using System.Composition;
using EventDriven.Messaging.Analyzers.Publishing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EventDriven.Messaging.Analyzers.CodeFixes.Publishing;

/// <summary>EDM006: adds the event before the changes are saved, where nothing comes between the two.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
internal sealed class LateAddFix() : Fix(LateAddAnalyzer.Id)
{
    protected override (string Title, SyntaxNode Changed)? Find(
        SyntaxNode root, SyntaxNode node, SemanticModel model, Diagnostic diagnostic)
    {
        if (node.FirstAncestorOrSelf<ExpressionStatementSyntax>() is not { Parent: BlockSyntax block } addition)
        {
            return null;
        }

        var position = block.Statements.IndexOf(addition);
        if (position == 0 || block.Statements[position - 1] is not ExpressionStatementSyntax save || !Saves(save, model))
        {
            return null;
        }

        var statements = block.Statements
            .Replace(save, addition.WithTriviaFrom(save))
            .RemoveAt(position)
            .Insert(position, save.WithTriviaFrom(addition));
        return ("Add the event before SaveChanges", root.ReplaceNode(block, block.WithStatements(statements)));
    }

    private static bool Saves(StatementSyntax statement, SemanticModel model) =>
        statement.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(
            call => model.GetSymbolInfo(call).Symbol is IMethodSymbol method && Saving.IsSaveChanges(method));
}
