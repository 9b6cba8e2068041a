using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace EventDriven.Tests.Analyzers;

/// <summary>Applies a fix to what an analyzer reports in code of a shop.</summary>
internal static class FixCheck<TAnalyzer, TFix>
    where TAnalyzer : DiagnosticAnalyzer, new()
    where TFix : CodeFixProvider, new()
{
    /// <summary>Checks what the fix makes of the code.</summary>
    /// <param name="code">The code, in which <c>[|…|]</c> marks what is reported.</param>
    /// <param name="mended">The code after the fix; the same code if there is none.</param>
    public static async Task VerifyAsync(string code, string mended)
    {
        var test = new CSharpCodeFixTest<TAnalyzer, TFix, DefaultVerifier> { TestCode = code, FixedCode = mended };
        CodeReferences.AddTo(test);
        test.TestState.Sources.Add((ShopCode.File, ShopCode.Types));
        test.FixedState.Sources.Add((ShopCode.File, ShopCode.Types));
        await test.RunAsync(TestContext.Current.CancellationToken);
    }
}
