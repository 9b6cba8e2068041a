using System.Text.Json;

namespace EventDriven.LocalHost.Storage;

/// <summary>
/// <c>state.json</c> in the data directory, while everything runs: connection strings by name, by which the operator commands find the servers. It
/// holds passwords, so only its owner may read it.
/// </summary>
internal static class StateFile
{
    public static void Write(DataDirectory data, IReadOnlyList<LocalResource> resources) => PrivateFile.Write(
        Path(data),
        JsonSerializer.Serialize(resources.Where(r => r.ConnectionString is not null).ToDictionary(r => r.Name, r => r.ConnectionString!, StringComparer.Ordinal)));

    public static void Remove(DataDirectory data) => File.Delete(Path(data));

    private static string Path(DataDirectory data) => System.IO.Path.Combine(data.Path, "state.json");
}
