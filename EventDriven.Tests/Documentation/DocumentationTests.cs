using System.Reflection;
using System.Text.RegularExpressions;

namespace EventDriven.Tests.Documentation;

/// <summary>What the documents name is there: files that they link to, and the tests that prove the laws.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed partial class DocumentationTests
{
    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_link_leads_to_a_file(string document)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Repository.Root, document))!;
        var missing = Links().Matches(File.ReadAllText(Path.Combine(Repository.Root, document)))
            .Select(link => link.Groups["path"].Value)
            .Where(path => !Path.Exists(Path.GetFullPath(Path.Combine(folder, path))));

        Assert.Empty(missing);
    }

    [Theory]
    [InlineData("docs/laws.md")]
    [InlineData("docs/security.md")]
    [InlineData("docs/library/guarantees.md")]
    [InlineData("docs/library/comparison.md")]
    public void Every_test_that_is_named_as_a_proof_exists(string document)
    {
        var tests = typeof(DocumentationTests).Assembly.GetTypes()
            .SelectMany(
                type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance).Where(IsTest)
                    .Select(method => (Class: type.Name, Method: method.Name)))
            .ToLookup(test => test.Class, test => test.Method, StringComparer.Ordinal);
        var missing = new List<string>();
        foreach (var line in File.ReadLines(Path.Combine(Repository.Root, document)))
        {
            // A name that begins with a dot is one of the class that was named before it.
            var current = "";
            foreach (Match named in TestNames().Matches(line))
            {
                current = named.Groups["class"].Value is { Length: > 0 } name ? name : current;
                var method = named.Groups["method"].Value;
                if (!tests.Contains(current) || (method.Length > 0 && !tests[current].Contains(method)))
                {
                    missing.Add($"{current}.{method}");
                }
            }
        }

        Assert.Empty(missing);
    }

    public static TheoryData<string> Documents =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Repository.Root, "*.md"))
            .Select(file => Path.GetRelativePath(Repository.Root, file)).Order(StringComparer.Ordinal),
    ];

    private static bool IsTest(MethodInfo method) => method.GetCustomAttributes<FactAttribute>().Any();

    [GeneratedRegex(@"\]\((?<path>(?![a-z]+:|#)[^)\s#]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Links();

    [GeneratedRegex(
        @"`(?=[A-Z.])(?<class>[A-Z]\w*Tests)?(\.(?<method>[A-Z]\w+))?`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TestNames();
}
