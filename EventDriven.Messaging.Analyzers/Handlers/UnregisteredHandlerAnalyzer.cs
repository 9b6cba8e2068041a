using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace EventDriven.Messaging.Analyzers.Handlers;

/// <summary>EDM007: a handler that no consumer of its assembly has.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class UnregisteredHandlerAnalyzer : LibraryAnalyzer
{
    public const string Id = "EDM007";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A handler is registered",
        "No consumer has the handler '{0}', so its events are skipped; add it with AddHandler<{0}>()",
        Law.Visibility,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Of(Id),
        customTags: WellKnownDiagnosticTags.CompilationEnd);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule];

    // A registration may be generated.
    protected override GeneratedCodeAnalysisFlags GeneratedCode => GeneratedCodeAnalysisFlags.Analyze;

    protected override void Start(CompilationStartAnalysisContext context, MessagingTypes types)
    {
        if (MessagingTypes.MessagingBuilder(context.Compilation) is { } builder)
        {
            var search = new Search(types, builder);
            context.RegisterSymbolAction(search.NoteType, SymbolKind.NamedType);
            context.RegisterOperationAction(
                search.NoteMention, OperationKind.Invocation, OperationKind.ObjectCreation, OperationKind.TypeOf);
            context.RegisterCompilationEndAction(search.Report);
        }
    }

    /// <summary>What one compilation declares and mentions.</summary>
    private sealed class Search(MessagingTypes types, INamedTypeSymbol builder)
    {
        private readonly ConcurrentBag<INamedTypeSymbol> _handlers = [];
        private readonly ConcurrentDictionary<ISymbol, bool> _mentioned = new(SymbolEqualityComparer.Default);
        private volatile bool _hasConsumer;

        public void NoteType(SymbolAnalysisContext context)
        {
            var type = (INamedTypeSymbol)context.Symbol;
            if (type is { TypeKind: TypeKind.Class, IsAbstract: false } && types.IsHandler(type))
            {
                _handlers.Add(type);
            }

            // Whoever is inherited from is used.
            Mention(type.BaseType);
        }

        public void NoteMention(OperationAnalysisContext context)
        {
            switch (context.Operation)
            {
                case IInvocationOperation { TargetMethod: var method }:
                    if (method.Name == "AddConsumer" && SymbolEqualityComparer.Default.Equals(method.ContainingType, builder))
                    {
                        _hasConsumer = true;
                    }

                    foreach (var argument in method.TypeArguments)
                    {
                        Mention(argument);
                    }

                    break;

                case IObjectCreationOperation created:
                    Mention(created.Type);
                    break;

                case ITypeOfOperation type:
                    Mention(type.TypeOperand);
                    break;
            }
        }

        public void Report(CompilationAnalysisContext context)
        {
            foreach (var handler in _handlers.Where(handler => _hasConsumer && !_mentioned.ContainsKey(handler)))
            {
                context.ReportDiagnostic(Diagnostic.Create(Rule, handler.Locations[0], handler.Name));
            }
        }

        private void Mention(ITypeSymbol? type)
        {
            if (type is not null)
            {
                _mentioned[type.OriginalDefinition] = true;
            }
        }
    }
}
