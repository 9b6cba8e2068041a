using System.Text;
using EventDriven.Tests.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace EventDriven.Tests.Gate;

/// <summary>Compiles code to an assembly with symbols and doc comments, as a build does, within milliseconds.</summary>
internal static class CompiledCode
{
    private const string Usings =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.ComponentModel.DataAnnotations;
        global using System.Linq;
        global using System.Text.Json.Serialization;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using EventDriven.Messaging;
        global using EventDriven.Messaging.Validation;
        """;

    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Latest, DocumentationMode.Diagnose);

    /// <summary>Writes an assembly.</summary>
    /// <param name="folder">Where it is written; the source counts as a file of this folder.</param>
    /// <param name="name">Its name.</param>
    /// <param name="code">Its code.</param>
    /// <returns>Its path.</returns>
    public static string Write(string folder, string name, string code) =>
        Write(folder, name, [(Path.Combine(folder, $"{name}.cs"), code)]);

    /// <summary>Writes an assembly.</summary>
    /// <param name="folder">Where it is written.</param>
    /// <param name="name">Its name.</param>
    /// <param name="sources">Its files, by path.</param>
    /// <returns>Its path.</returns>
    public static string Write(string folder, string name, IEnumerable<(string Path, string Code)> sources)
    {
        var compilation = CSharpCompilation.Create(
            name,
            [
                CSharpSyntaxTree.ParseText(Usings, Parsing, "Usings.cs", Encoding.UTF8),
                .. sources.Select(source => CSharpSyntaxTree.ParseText(SourceText.From(source.Code, Encoding.UTF8), Parsing, source.Path)),
            ],
            CodeReferences.All,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        var path = Path.Combine(folder, $"{name}.dll");
        using var assembly = File.Create(path);
        using var symbols = File.Create(Path.ChangeExtension(path, ".pdb"));
        using var docs = File.Create(Path.ChangeExtension(path, ".xml"));
        var result = compilation.Emit(
            assembly, symbols, docs, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)));
        return path;
    }
}
