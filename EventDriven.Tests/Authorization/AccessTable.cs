using System.Text.RegularExpressions;

namespace EventDriven.Tests.Authorization;

/// <summary>Who may call what, as docs/access.md tells it.</summary>
internal static partial class AccessTable
{
    private const string All = "all";

    /// <summary>The rows of a service: method and route, and who may call.</summary>
    public static IReadOnlyDictionary<string, string> Of(string service) => Rows()
        .Where(row => row.Service == service || row.Service == All)
        .ToDictionary(row => row.Endpoint, row => row.Who, StringComparer.Ordinal);

    /// <summary>Every row.</summary>
    public static IReadOnlyList<(string Service, string Endpoint, string Who)> Rows() =>
        [.. Row().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "access.md"))).Select(
            row => (row.Groups["service"].Value, row.Groups["endpoint"].Value, row.Groups["who"].Value))];

    // | checkout | `GET /orders/{id}` | `orders` own, `orders:write` |
    [GeneratedRegex(
        @"^\| (?<service>[a-z-]+) \| `(?<endpoint>[A-Z]+ [^`]+)` \| (?<who>.+) \|$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        1_000)]
    private static partial Regex Row();
}
