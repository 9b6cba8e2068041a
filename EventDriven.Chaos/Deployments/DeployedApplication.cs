using EventDriven.Chaos.Applications;

namespace EventDriven.Chaos.Deployments;

/// <summary>An application that somebody else runs.</summary>
internal sealed class DeployedApplication : IApplication, IDisposable
{
    private readonly DeploymentFile _deployment;
    private readonly InstanceClients _clients;

    public DeployedApplication(DeploymentFile deployment) =>
        (_deployment, _clients) = (deployment, new InstanceClients(Address, () => Token));

    public IReadOnlyList<string> Instances => [.. _deployment.Instances.Keys];

    public string Token => _deployment.Token;

    public string WebhookSecret => _deployment.WebhookSecret;

    public string? MailFolder => _deployment.MailFolder;

    public HttpClient Http(string instance) => _clients[instance];

    /// <summary>Address of an instance; of the service's first one where it has fewer.</summary>
    public Uri Address(string instance) =>
        _deployment.Instances.GetValueOrDefault(instance) ?? _deployment.Instances[instance.Split('-')[0]]!;

    public Task<string> ConnectionStringAsync(string resource, CancellationToken cancellationToken) =>
        _deployment.ConnectionStrings.GetValueOrDefault(resource) is { } found
            ? Task.FromResult(found)
            : throw new ArgumentException($"The deployment has no connection string '{resource}'.", nameof(resource));

    public void Dispose() => _clients.Dispose();
}
