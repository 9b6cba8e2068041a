using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace EventDriven.Tests.Analyzers;

/// <summary>Runs one analyzer on code of a shop, in which <c>[|…|]</c> marks what is to be reported.</summary>
internal static class AnalyzerCheck<TAnalyzer>
    where TAnalyzer : DiagnosticAnalyzer, new()
{
    /// <summary>Checks that what is marked is reported, and nothing else.</summary>
    /// <param name="code">Types that use those of <see cref="ShopCode"/>.</param>
    /// <param name="shop">Whether the code is compiled together with <see cref="ShopCode"/>.</param>
    public static async Task VerifyAsync(string code, bool shop = true)
    {
        var test = new CSharpAnalyzerTest<TAnalyzer, DefaultVerifier> { TestCode = code };
        CodeReferences.AddTo(test);
        if (shop)
        {
            test.TestState.Sources.Add((ShopCode.File, ShopCode.Types));
        }

        await test.RunAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The same for code that references an assembly of its own making.</summary>
    public static async Task VerifyAsync(string code, string referenced, string? assembly = null)
    {
        var test = new CSharpAnalyzerTest<TAnalyzer, DefaultVerifier> { TestCode = code };
        CodeReferences.AddTo(test);
        var contracts = new ProjectState("Contracts", LanguageNames.CSharp, "/Contracts/", "cs") { Sources = { referenced } };
        contracts.ReferenceAssemblies = test.ReferenceAssemblies;
        contracts.AdditionalReferences.AddRange(CodeReferences.All);
        test.TestState.AdditionalProjects.Add("Contracts", contracts);
        test.TestState.AdditionalProjectReferences.Add("Contracts");
        test.SolutionTransforms.Add(
            (solution, project) => assembly is null ? solution : solution.WithProjectAssemblyName(project, assembly));
        await test.RunAsync(TestContext.Current.CancellationToken);
    }
}
