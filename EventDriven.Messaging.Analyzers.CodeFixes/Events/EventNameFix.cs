using System.Composition;
using System.Text.RegularExpressions;
using EventDriven.Messaging.Analyzers.Events;
using EventDriven.Messaging.Naming;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EventDriven.Messaging.Analyzers.CodeFixes.Events;

/// <summary>EDM001: writes a name in lower case with hyphens, and with a version, where it is a fact then.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
internal sealed class EventNameFix() : Fix(EventNameAnalyzer.Id)
{
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(1);

    protected override (string Title, SyntaxNode Changed)? Find(
        SyntaxNode root, SyntaxNode node, SemanticModel model, Diagnostic diagnostic)
    {
        var literal = node.DescendantNodesAndSelf().OfType<LiteralExpressionSyntax>().FirstOrDefault();
        if (literal?.Token.Value is not string name || Mended(name) is not { } mended)
        {
            return null;
        }

        var written = SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(mended));
        return ($"Name it '{mended}'", root.ReplaceNode(literal, written.WithTriviaFrom(literal)));
    }

    private static string? Mended(string name)
    {
        var parts = name.Trim().Split('.').ToList();
        var version = parts[parts.Count - 1].ToLowerInvariant();
        if (version == "v0" || !Regex.IsMatch(version, "^v[0-9]+$", RegexOptions.None, MatchTimeout))
        {
            version = "v1";
        }

        if (parts.Count == 4)
        {
            parts.RemoveAt(3);
        }

        var mended = string.Join(".", parts.Select(Hyphenated).Append(version));
        return FactName.HasShape(mended) && FactName.IsInPastTense(mended) ? mended : null;
    }

    private static string Hyphenated(string part) =>
        Regex.Replace(part, "(?<=[a-z0-9])(?=[A-Z])|_", "-", RegexOptions.None, MatchTimeout).ToLowerInvariant();
}
