using Microsoft.CodeAnalysis.Diagnostics;

namespace EventDriven.Messaging.Analyzers;

/// <summary>An analyzer of code that uses the library. Elsewhere it does nothing.</summary>
internal abstract class LibraryAnalyzer : DiagnosticAnalyzer
{
    /// <summary>Whether generated code is looked at, in which nothing is reported.</summary>
    protected virtual GeneratedCodeAnalysisFlags GeneratedCode => GeneratedCodeAnalysisFlags.None;

    public sealed override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCode);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (MessagingTypes.Of(start.Compilation) is { } types)
            {
                Start(start, types);
            }
        });
    }

    /// <summary>Begins the analysis of a compilation.</summary>
    protected abstract void Start(CompilationStartAnalysisContext context, MessagingTypes types);
}
