using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;

namespace EventDriven.Hosting.Data;

/// <summary>
/// Writes <c>state.json</c> to the data directory while the application runs: connection strings by name, addresses of services with
/// their service discovery names (<c>services__analytics__http__0</c>), and each <see cref="StateEntry"/>. The operator commands read it.
/// It holds passwords, so only its owner may read it.
/// </summary>
internal sealed class StateFile(DistributedApplicationModel model, DataDirectory data) : BackgroundService
{
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        data.RemoveState();
    }

    /// <summary>Each value is written as soon as its resource's port is known, healthy or not.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var state = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var resource in model.Resources)
        {
            foreach (var entry in resource.Annotations.OfType<StateEntry>())
            {
                state[entry.Name] = entry.Value;
            }

            if (resource.Annotations.OfType<NotInState>().Any())
            {
                continue;
            }

            if (resource is IResourceWithConnectionString server)
            {
                state[resource.Name] = await server.GetConnectionStringAsync(stoppingToken);
            }
            else if (resource is ProjectResource project
                && project.GetEndpoints().FirstOrDefault(endpoint => endpoint.EndpointName == "http") is { } http)
            {
                state[$"services__{resource.Name}__http__0"] = await ((IValueProvider)http).GetValueAsync(stoppingToken);
            }
        }

        PrivateFile.Write(data.StatePath, JsonSerializer.Serialize(state));
    }
}
