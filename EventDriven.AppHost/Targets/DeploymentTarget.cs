using EventDriven.Hosting;

namespace EventDriven.AppHost.Targets;

/// <summary>
/// Where a published application runs, which the setting <c>DeployTo</c> chooses: <c>azure</c>, <c>compose</c>, <c>kubernetes</c>, or
/// <c>manifest</c> for Aspire's manifest alone.
/// </summary>
/// <param name="Name">Its name in the setting.</param>
/// <param name="Package">The package of Aspire that writes what is deployed there; null when Aspire itself does.</param>
/// <param name="HasVolumes">Whether containers can keep data there on which PostgreSQL runs.</param>
/// <param name="Add">
/// Adds the target to the described application; null when the NuGet sources of this build lack the package.
/// </param>
internal sealed record DeploymentTarget(
    string Name, string? Package, bool HasVolumes, Action<IDistributedApplicationBuilder, ServiceScaling>? Add)
{
    private const string Setting = "DeployTo";

    private static readonly DeploymentTarget Manifest = new("manifest", Package: null, HasVolumes: false, (_, _) => { });

    private static readonly DeploymentTarget[] All = [AzureContainerApps.Target, DockerCompose.Target, Kubernetes.Target, Manifest];

    /// <summary>The target of this publication. Unless one is named, it is Azure, for which azd publishes without arguments.</summary>
    /// <exception cref="HostingException">There is no such target, or this build can't publish to it.</exception>
    public static DeploymentTarget Of(IDistributedApplicationBuilder builder)
    {
        var asked = builder.Configuration[Setting];
        if (string.IsNullOrEmpty(asked))
        {
            return AzureContainerApps.Target.Add is null ? Manifest : AzureContainerApps.Target;
        }

        var target = All.FirstOrDefault(known => known.Name.Equals(asked, StringComparison.OrdinalIgnoreCase))
            ?? throw new HostingException($"{Setting} is {string.Join(", ", All.Select(known => known.Name))}, not '{asked}'.");
        return target.Add is null
            ? throw new HostingException(
                $"{Setting}={target.Name} needs the package {target.Package}, which the NuGet sources of this build lack: add a source "
                + "that has it, delete artifacts/probed and build again.")
            : target;
    }

    /// <summary>Sets what the application is described by.</summary>
    public void Prepare(IDistributedApplicationBuilder builder) =>
        builder.Configuration["Volumes"] = HasVolumes ? "true" : "false";

    /// <summary>Adds the target to the described application.</summary>
    /// <exception cref="HostingException">A service is not built, or does not say what it reads.</exception>
    public async Task AddToAsync(IDistributedApplicationBuilder builder, CancellationToken cancellationToken)
    {
        if (Package is not null)
        {
            Add!(builder, await ServiceScaling.ReadAsync(builder, cancellationToken));
        }
    }
}
