using System.Globalization;
using System.Text.RegularExpressions;

namespace EventDriven.Messaging.Contracts;

/// <summary>
/// Names of contract files. <c>shop.orders.order-placed.v1.json</c> is the first version, <c>….v1.1.json</c> the second, and
/// <c>….v1.unshipped.json</c> the next one, which is not released yet.
/// </summary>
internal static partial class ContractFileName
{
    /// <summary>The name of a released version.</summary>
    public static string Shipped(string type, int minor) =>
        string.Create(CultureInfo.InvariantCulture, $"{type}{(minor == 0 ? "" : $".{minor}")}.json");

    /// <summary>The name of the version that is not released yet.</summary>
    public static string Unshipped(string type) => $"{type}.unshipped.json";

    /// <summary>Reads a name.</summary>
    /// <returns>The type and the minor version, null if it is not released; null for the name of something else.</returns>
    public static (string Type, int? Minor)? Parse(string name)
    {
        var match = Shape().Match(name);
        if (!match.Success)
        {
            return null;
        }

        var type = match.Groups["type"].Value;
        return match.Groups["unshipped"].Success ? (type, null)
            : (type, match.Groups["minor"] is { Success: true } minor ? int.Parse(minor.Value, CultureInfo.InvariantCulture) : 0);
    }

    /// <summary>
    /// Files by event type, the latest version last, with their minor versions. One that is not released is the version after the last.
    /// </summary>
    /// <param name="files">Files of any events.</param>
    /// <param name="name">What <see cref="Parse"/> reads of a file's name.</param>
    public static IEnumerable<(TFile File, int Minor)> InOrder<TFile>(
        IReadOnlyList<TFile> files, Func<TFile, (string Type, int? Minor)> name)
    {
        var last = files.Select(name)
            .Where(version => version.Minor is not null)
            .GroupBy(version => version.Type, StringComparer.Ordinal)
            .ToDictionary(versions => versions.Key, versions => versions.Max(version => version.Minor!.Value), StringComparer.Ordinal);
        return files
            .Select(file => (File: file, Name: name(file)))
            .Select(file => (file.File, file.Name.Type, Minor: file.Name.Minor ?? last.GetValueOrDefault(file.Name.Type, -1) + 1))
            .OrderBy(file => file.Type, StringComparer.Ordinal)
            .ThenBy(file => file.Minor)
            .Select(file => (file.File, file.Minor));
    }

    [GeneratedRegex(
        @"^(?<type>[a-z0-9.-]+\.v[1-9][0-9]*)(\.(?<minor>[1-9][0-9]{0,8})|(?<unshipped>\.unshipped))?\.json$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Shape();
}
