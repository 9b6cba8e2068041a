using System.Security.Cryptography;
using System.Text;

namespace EventDriven.Messaging.Contracts.Files;

/// <summary>The hashes of released files, in the form of <c>sha256sum</c>: whoever edits a released file is found out.</summary>
internal static class ReleasedFiles
{
    /// <summary>The file, in the folder of contracts.</summary>
    public const string FileName = "released.sha256";

    private const int HashLength = 64;

    /// <summary>Adds files that were released.</summary>
    public static void Add(string root, IEnumerable<string> paths)
    {
        var lines = Read(root);
        foreach (var path in paths)
        {
            lines[Relative(root, path)] = HashOf(path);
        }

        File.WriteAllText(
            Path.Combine(root, FileName),
            string.Concat(lines.OrderBy(line => line.Key, StringComparer.Ordinal).Select(line => $"{line.Value}  {line.Key}\n")));
    }

    /// <summary>
    /// The released files that were edited or removed since, relative to the folder, and those that were never released by command.
    /// </summary>
    public static IReadOnlyList<string> Changed(ContractFolder folder)
    {
        var known = Read(folder.Root);
        var shipped = folder.Versions.Where(version => version.IsShipped)
            .ToDictionary(version => Relative(folder.Root, version.Path), version => version.Path, StringComparer.Ordinal);
        return
        [
            .. known.Where(line => !shipped.TryGetValue(line.Key, out var path) || HashOf(path) != line.Value).Select(line => line.Key),
            .. shipped.Keys.Where(name => !known.ContainsKey(name)),
        ];
    }

    private static Dictionary<string, string> Read(string root)
    {
        var path = Path.Combine(root, FileName);
        return File.Exists(path)
            ? File.ReadLines(path)
                .Where(line => line.Length > HashLength + 2)
                .ToDictionary(line => line[(HashLength + 2)..], line => line[..HashLength], StringComparer.Ordinal)
            : new Dictionary<string, string>(StringComparer.Ordinal);
    }

    private static string Relative(string root, string path) => Path.GetRelativePath(root, path).Replace('\\', '/');

    // Git on Windows may have changed the line ends.
    private static string HashOf(string path) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(File.ReadAllText(path).Replace("\r\n", "\n", StringComparison.Ordinal))));
}
