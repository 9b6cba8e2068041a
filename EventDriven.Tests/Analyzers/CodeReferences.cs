using System.Collections.Immutable;
using System.Net.Http.Json;
using Confluent.Kafka;
using EventDriven.Messaging;
using MailKit.Net.Smtp;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace EventDriven.Tests.Analyzers;

/// <summary>What analyzed code references: the assemblies that the tests themselves run on, so that nothing is downloaded.</summary>
internal static class CodeReferences
{
    private static readonly Type[] Packages =
    [
        typeof(IOutbox), typeof(IMessagingBuilder), typeof(DbContext), typeof(RelationalDatabaseFacadeExtensions),
        typeof(NpgsqlTransaction), typeof(IProducer<,>), typeof(SmtpClient), typeof(MimeKit.MimeMessage), typeof(IServiceCollection),
        typeof(IHostApplicationBuilder), typeof(HttpClientJsonExtensions),
    ];

    public static ImmutableArray<MetadataReference> All { get; } =
    [
        .. Directory.GetFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "*.dll").Where(IsManaged)
            .Concat(Packages.Select(type => type.Assembly.Location))
            .DistinctBy(Path.GetFileName, StringComparer.OrdinalIgnoreCase)
            .Select(file => MetadataReference.CreateFromFile(file)),
    ];

    /// <summary>Gives them to a test, whose code may use the newest C#.</summary>
    public static void AddTo<TVerifier>(AnalyzerTest<TVerifier> test)
        where TVerifier : IVerifier, new()
    {
        test.ReferenceAssemblies = new ReferenceAssemblies("net10.0");
        test.TestState.AdditionalReferences.AddRange(All);
        test.SolutionTransforms.Add((solution, project) => solution.WithProjectParseOptions(
            project, new CSharpParseOptions(LanguageVersion.Latest)));
    }

    // Beside the framework's assemblies are its native libraries.
    private static bool IsManaged(string file) =>
        Path.GetFileName(file) is var name
        && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll" or "mscorlib.dll")
        && !name.Contains("Native", StringComparison.Ordinal);
}
