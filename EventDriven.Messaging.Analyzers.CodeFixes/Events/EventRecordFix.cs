using System.Composition;
using EventDriven.Messaging.Analyzers.Events;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace EventDriven.Messaging.Analyzers.CodeFixes.Events;

/// <summary>EDM002: makes a setter <c>init</c>, and a collection read-only.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
internal sealed class EventRecordFix() : Fix(EventRecordAnalyzer.Id)
{
    private static readonly SymbolDisplayFormat Qualified = SymbolDisplayFormat.FullyQualifiedFormat.WithMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    protected override (string Title, SyntaxNode Changed)? Find(
        SyntaxNode root, SyntaxNode node, SemanticModel model, Diagnostic diagnostic) => node switch
        {
            PropertyDeclarationSyntax property when Setter(property) is { } setter =>
                ("Use 'init'", root.ReplaceNode(setter, Init(setter))),
            PropertyDeclarationSyntax { Initializer: null or { Value: CollectionExpressionSyntax } } property =>
                ReadOnly(root, property.Type, model),
            ParameterSyntax { Type: { } type } => ReadOnly(root, type, model),
            _ => null,
        };

    private static AccessorDeclarationSyntax? Setter(PropertyDeclarationSyntax property) =>
        property.AccessorList?.Accessors.FirstOrDefault(accessor => accessor.IsKind(SyntaxKind.SetAccessorDeclaration));

    private static AccessorDeclarationSyntax Init(AccessorDeclarationSyntax setter) =>
        SyntaxFactory.AccessorDeclaration(SyntaxKind.InitAccessorDeclaration, setter.Body)
            .WithModifiers(setter.Modifiers)
            .WithExpressionBody(setter.ExpressionBody)
            .WithSemicolonToken(setter.SemicolonToken)
            .WithTriviaFrom(setter);

    private static (string Title, SyntaxNode Changed)? ReadOnly(SyntaxNode root, TypeSyntax type, SemanticModel model)
    {
        var collection = type is NullableTypeSyntax nullable ? nullable.ElementType : type;
        var symbol = model.GetTypeInfo(collection).Type;
        var (name, elements) = symbol switch
        {
            IArrayTypeSymbol { Rank: 1 } array => ("IReadOnlyList", [array.ElementType]),
            INamedTypeSymbol named => (MutableCollections.Replacement(named), named.TypeArguments),
            _ => (null, []),
        };
        if (name is null)
        {
            return null;
        }

        var arguments = string.Join(", ", elements.Select(element => element.ToDisplayString(Qualified)));
        var readOnly = SyntaxFactory.ParseTypeName($"global::System.Collections.Generic.{name}<{arguments}>")
            .WithTriviaFrom(collection)
            .WithAdditionalAnnotations(Simplifier.Annotation);
        return ($"Use '{name}'", root.ReplaceNode(collection, readOnly));
    }
}
