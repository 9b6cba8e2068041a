using System.Text.RegularExpressions;

namespace EventDriven.Tests.Packages;

/// <summary>The quickstart of the package's README.</summary>
internal static partial class LibraryReadme
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Repository.Root, "EventDriven.Messaging", "README.md"));

    /// <summary>The program.</summary>
    public static string Program => Block("csharp");

    /// <summary>The <c>dotnet</c> commands that make the project; the second one goes into its folder.</summary>
    public static IReadOnlyList<string[]> Commands =>
        [.. Block("sh").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line.StartsWith("dotnet ", StringComparison.Ordinal))
            .Select(line => line.Split(' ')[1..])];

    private static string Block(string language) =>
        Blocks().Matches(Text).First(block => block.Groups["language"].Value == language).Groups["code"].Value;

    [GeneratedRegex(
        "^```(?<language>[a-z]+)\n(?<code>.*?)^```$",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Blocks();
}
