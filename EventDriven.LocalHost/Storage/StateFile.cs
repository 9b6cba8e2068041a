using System.Text.Json;
using EventDriven.LocalHost.Resources;

namespace EventDriven.LocalHost.Storage;

/// <summary>
/// <c>state.json</c> in the data directory, while everything runs: connection strings by name, and addresses of services as service discovery names
/// them (<c>services__analytics__http__0</c>), by which the operator commands find both. It holds passwords, so only its owner may read it.
/// </summary>
internal static class StateFile
{
    public static void Write(DataDirectory data, IReadOnlyList<LocalResource> resources)
    {
        var state = resources.Where(r => r.ConnectionString is not null).ToDictionary(r => r.Name, r => r.ConnectionString!, StringComparer.Ordinal);
        foreach (var service in resources.OfType<ServiceInstance>())
        {
            state[$"services__{service.Name}__http__0"] = service.Url.GetLeftPart(UriPartial.Authority);
        }

        PrivateFile.Write(Path(data), JsonSerializer.Serialize(state));
    }

    public static void Remove(DataDirectory data) => File.Delete(Path(data));

    private static string Path(DataDirectory data) => System.IO.Path.Combine(data.Path, "state.json");
}
