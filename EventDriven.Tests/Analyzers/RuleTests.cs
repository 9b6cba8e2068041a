using EventDriven.Messaging.Analyzers.Events;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EventDriven.Tests.Analyzers;

/// <summary>Each rule is documented where its link leads.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class RuleTests
{
    private static readonly DiagnosticDescriptor[] Rules =
    [
        .. typeof(EventNameAnalyzer).Assembly.GetTypes()
            .Where(type => type.IsDefined(typeof(DiagnosticAnalyzerAttribute), inherit: false))
            .SelectMany(type => ((DiagnosticAnalyzer)Activator.CreateInstance(type)!).SupportedDiagnostics)
            .OrderBy(rule => rule.Id, StringComparer.Ordinal),
    ];

    public static TheoryData<string> Ids => [.. Rules.Select(rule => rule.Id)];

    [Fact]
    public void Ids_are_unique_and_without_gaps() =>
        Assert.Equal(Enumerable.Range(1, Rules.Length).Select(number => $"EDM{number:000}"), Rules.Select(rule => rule.Id));

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_rule_has_a_page_with_its_title_and_its_law(string id)
    {
        var rule = Rule(id);
        var page = File.ReadAllText(Path.Combine(Repository.Root, rule.HelpLinkUri));

        Assert.StartsWith($"# {id}: {rule.Title}\n", page, StringComparison.Ordinal);
        Assert.Contains($"**{rule.Category["EventDriven.".Length..]}**", page, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_rule_is_listed_with_its_title_law_and_severity(string id)
    {
        var rule = Rule(id);
        var line = File.ReadLines(Path.Combine(Repository.Root, "docs", "library", "analyzers", "README.md"))
            .Single(line => line.StartsWith($"| [{id}]({id}.md) |", StringComparison.Ordinal));

        Assert.Equal(
            [rule.Title.ToString(), rule.Category["EventDriven.".Length..], rule.DefaultSeverity.ToString().ToLowerInvariant()],
            line.Split('|', StringSplitOptions.TrimEntries)[2..5]);
    }

    private static DiagnosticDescriptor Rule(string id) => Rules.Single(rule => rule.Id == id);
}
