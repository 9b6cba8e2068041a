using System.Text.Json.Nodes;

namespace EventDriven.Messaging.Contracts.Files;

/// <summary>A version of an event's contract: a file.</summary>
/// <param name="Topic">Topic, and name of the folder.</param>
/// <param name="Type">CloudEvents <c>type</c>, whose last part is the major version.</param>
/// <param name="Minor">Minor version: 0 for the first, one more for each compatible change.</param>
/// <param name="IsShipped">Whether it is released, and so never changes again.</param>
/// <param name="Path">The file.</param>
internal sealed record ContractVersion(string Topic, string Type, int Minor, bool IsShipped, string Path)
{
    private JsonObject? _schema;

    /// <summary>As people say it: <c>v1.2</c>, and whether it is not released yet.</summary>
    public string Name => $"{Type[(Type.LastIndexOf('.') + 1)..]}.{Minor}{(IsShipped ? "" : " (unshipped)")}";

    /// <summary>What the file says. It is read once, and not to be changed.</summary>
    public JsonObject Schema => _schema ??= JsonNode.Parse(Read())!.AsObject();

    /// <summary>Reads the file.</summary>
    public byte[] Read() => File.ReadAllBytes(Path);

    /// <summary>The file as a link from a folder.</summary>
    public string RelativeTo(string folder) => System.IO.Path.GetRelativePath(folder, Path).Replace('\\', '/');
}
