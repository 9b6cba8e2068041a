using System.Composition;
using EventDriven.Messaging.Analyzers.Handlers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EventDriven.Messaging.Analyzers.CodeFixes.Handlers;

/// <summary>EDM009: takes the time of the event, where a handler of single events has one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
internal sealed class StaticClockFix() : Fix(StaticClockAnalyzer.Id)
{
    protected override (string Title, SyntaxNode Changed)? Find(
        SyntaxNode root, SyntaxNode node, SemanticModel model, Diagnostic diagnostic)
    {
        if (node is not ExpressionSyntax clock
            || MessagingTypes.Of(model.Compilation) is not { } types
            || EventContexts(model, clock.SpanStart, types).ToList() is not { Count: 1 } contexts)
        {
            return null;
        }

        var time = $"{contexts[0]}.Envelope.Time";
        time = model.GetTypeInfo(clock).Type?.Name == nameof(DateTime) ? $"{time}.UtcDateTime" : time;
        return ($"Use '{time}'", root.ReplaceNode(clock, SyntaxFactory.ParseExpression(time).WithTriviaFrom(clock)));
    }

    private static IEnumerable<string> EventContexts(SemanticModel model, int position, MessagingTypes types) =>
        from symbol in model.LookupSymbols(position)
        let type = (symbol as IParameterSymbol)?.Type ?? (symbol as ILocalSymbol)?.Type
        where type is not null && types.IsEventContext(type)
        select symbol.Name;
}
