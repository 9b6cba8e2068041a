using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EventDriven.Messaging.Contracts.Files;

/// <summary>The folder of a repository's contracts: a folder a topic, a file a version.</summary>
internal sealed class ContractFolder
{
    // Plain characters instead of \u002B: people read these files.
    private static readonly JsonSerializerOptions Written = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private ContractFolder(string root, IReadOnlyList<ContractVersion> versions) => (Root, Versions) = (root, versions);

    /// <summary>The folder's path.</summary>
    public string Root { get; }

    /// <summary>Every version of every event, by type and in the order of release; one that is not released comes last.</summary>
    public IReadOnlyList<ContractVersion> Versions { get; }

    /// <summary>Reads the names of its files. A folder that is not there is empty.</summary>
    /// <exception cref="ContractException">A file has another name.</exception>
    public static ContractFolder Open(string root)
    {
        var found = Directory.Exists(root)
            ? Directory.EnumerateDirectories(root)
                .Where(topic => Path.GetFileName(topic) is not ("bin" or "obj"))
                .SelectMany(topic => Directory.EnumerateFiles(topic, "*.json"))
                .Select(path => (Path: path, Name: NameOf(path)))
                .ToList()
            : [];
        return new ContractFolder(root, [.. ContractFileName.InOrder(found, file => file.Name).Select(version => new ContractVersion(
            Path.GetFileName(Path.GetDirectoryName(version.File.Path))!,
            version.File.Name.Type,
            version.Minor,
            IsShipped: version.File.Name.Minor is not null,
            version.File.Path))]);
    }

    /// <summary>A command about this folder, as it is typed in the folder above.</summary>
    public string CommandLine(string command) => $"dotnet run --project {Path.GetFileName(Root)} -- {command}";

    /// <summary>The versions of an event, the latest last.</summary>
    public IReadOnlyList<ContractVersion> Of(string type) => [.. Versions.Where(version => version.Type == type)];

    /// <summary>Whether a file says the same as a schema.</summary>
    public static bool IsSame(ContractVersion version, JsonNode schema) =>
        JsonNode.DeepEquals(version.Schema, JsonNode.Parse(schema.ToJsonString()));

    /// <summary>Writes down an event's schema as the version that is not released yet; nothing, if the last one says the same.</summary>
    /// <returns>The file; null if nothing is to be written.</returns>
    public string? Add(string topic, string type, JsonNode schema)
    {
        var versions = Of(type);
        if (versions.Count > 0 && IsSame(versions[^1], schema))
        {
            return null;
        }

        var path = Path.Combine(Root, topic, ContractFileName.Unshipped(type));
        if (versions.LastOrDefault(version => version.IsShipped) is { } shipped && IsSame(shipped, schema))
        {
            // The change was taken back.
            File.Delete(path);
            return path;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, schema.ToJsonString(Written) + "\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return path;
    }

    /// <summary>Releases every version that is not: from then on its file never changes.</summary>
    /// <returns>The released files.</returns>
    public IReadOnlyList<string> Release()
    {
        var released = new List<string>();
        foreach (var version in Versions.Where(version => !version.IsShipped))
        {
            var path = Path.Combine(Root, version.Topic, ContractFileName.Shipped(version.Type, version.Minor));
            File.Move(version.Path, path);
            released.Add(path);
        }

        ReleasedFiles.Add(Root, released);
        return released;
    }

    private static (string Type, int? Minor) NameOf(string path) => ContractFileName.Parse(Path.GetFileName(path))
        ?? throw new ContractException(
            $"{path} is no contract: a file is named <event type>.json, <event type>.<minor>.json or <event type>.unshipped.json, "
            + "such as shop.orders.order-placed.v1.json.");
}
