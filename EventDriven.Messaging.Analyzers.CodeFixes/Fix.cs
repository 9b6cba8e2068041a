using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace EventDriven.Messaging.Analyzers.CodeFixes;

/// <summary>A fix of one rule, which replaces nodes of one document.</summary>
/// <param name="id">The rule.</param>
internal abstract class Fix(string id) : CodeFixProvider
{
    public sealed override ImmutableArray<string> FixableDiagnosticIds => [id];

    public sealed override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken);
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken);
        if (root is null || model is null)
        {
            return;
        }

        foreach (var diagnostic in context.Diagnostics)
        {
            var node = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
            if (Find(root, node, model, diagnostic) is var (title, changed))
            {
                context.RegisterCodeFix(
                    CodeAction.Create(title, _ => Task.FromResult(context.Document.WithSyntaxRoot(changed)), equivalenceKey: id),
                    diagnostic);
            }
        }
    }

    /// <summary>The fix of a diagnostic; null if there is none.</summary>
    /// <param name="root">The document.</param>
    /// <param name="node">What was reported.</param>
    /// <param name="model">What it means.</param>
    /// <param name="diagnostic">The diagnostic.</param>
    protected abstract (string Title, SyntaxNode Changed)? Find(
        SyntaxNode root, SyntaxNode node, SemanticModel model, Diagnostic diagnostic);
}
