using Aspire.Hosting;
using EventDriven.Hosting.Data;
using EventDriven.Hosting.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EventDriven.Hosting;

/// <summary>
/// Decides how one application's servers run and where they keep their data. Settings, on the command line or in the environment:
/// <c>Servers</c> (<c>containers</c> or <c>processes</c>; by default containers if a runtime answers), <c>Data</c> (folder; by default
/// <c>.local</c> beside the AppHost's folder), <c>Ephemeral</c> (<c>true</c>: a temporary folder, removed at the end; so it is in tests
/// unless <c>false</c>), <c>RestartServices</c> (<c>false</c>: a service that dies stays down). When the application is published:
/// <c>Existing</c> (servers that are there already, such as <c>postgres,kafka</c>) and <c>Volumes</c> (<c>true</c>: containers keep their
/// data in volumes).
/// </summary>
public sealed class ServerHost
{
    /// <summary>Aspire's own setting, which its tests' builder sets.</summary>
    internal const string RandomizePorts = "DcpPublisher:RandomizePorts";

    private readonly DataDirectory? _data;
    private readonly IReadOnlyList<string> _existing;

    private ServerHost(
        ServerPlacement placement, bool isForced, bool isEphemeral, bool restarts, DataDirectory? data, IReadOnlyList<string> existing)
    {
        _existing = existing;
        Placement = placement;
        IsForced = isForced;
        IsEphemeral = isEphemeral;
        RestartsServices = restarts;
        _data = data;
    }

    public ServerPlacement Placement { get; }

    /// <summary>Whether <see cref="Placement"/> was set explicitly.</summary>
    public bool IsForced { get; }

    /// <summary>Whether all data is removed at the end.</summary>
    public bool IsEphemeral { get; }

    /// <summary>Whether a service that dies is restarted.</summary>
    public bool RestartsServices { get; }

    /// <summary>
    /// Whether the servers' data outlives the run. A published application keeps it where its target says that it has volumes
    /// (<c>Volumes</c>): on Azure Container Apps a volume is a network share, on which PostgreSQL does not run.
    /// </summary>
    public bool KeepsData => !IsEphemeral;

    /// <summary>Folder of the servers' data.</summary>
    /// <exception cref="InvalidOperationException">The application is published, not run.</exception>
    public DataDirectory Data =>
        _data ?? throw new InvalidOperationException("An application that is published keeps no data on this machine.");

    /// <summary>
    /// The builder's instance. The first call creates it and registers the hosted services that run with the application.
    /// </summary>
    /// <exception cref="HostingException">A setting can't be understood, or another run uses the folder.</exception>
    public static ServerHost Of(IDistributedApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.Services.FirstOrDefault(
            service => service.ServiceType == typeof(ServerHost))?.ImplementationInstance is ServerHost known)
        {
            return known;
        }

        var host = builder.ExecutionContext.IsPublishMode
            ? ForPublish(builder)
            : ForRun(builder);
        builder.Services.AddSingleton(host);
        return host;
    }

    /// <summary>Releases the builder's folder if no application is built; an application releases it at its end.</summary>
    public static void Abandon(IDistributedApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        (builder.Services.FirstOrDefault(
            service => service.ServiceType == typeof(DataDirectory))?.ImplementationInstance as DataDirectory)?.Dispose();
    }

    /// <summary>The volume for a server's data, which is kept.</summary>
    internal string VolumeName(string server) => _data?.VolumeName(server) ?? $"{server}-data";

    /// <summary>Whether a published application has this server already, and is told its address.</summary>
    internal bool Exists(string server) => _existing.Contains(server, StringComparer.OrdinalIgnoreCase);

    private static ServerHost ForPublish(IDistributedApplicationBuilder builder) => new(
        ServerPlacement.Containers,
        isForced: true,
        isEphemeral: !IsTrue(builder, "Volumes"),
        restarts: false,
        data: null,
        (builder.Configuration["Existing"] ?? "").Split(
            ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static ServerHost ForRun(IDistributedApplicationBuilder builder)
    {
        var forced = Forced(builder.Configuration["Servers"]);
        var placement = forced ?? (ContainerRuntime.Answers() ? ServerPlacement.Containers : ServerPlacement.Processes);
        if (placement == ServerPlacement.Processes && OperatingSystem.IsWindows())
        {
            throw new HostingException(
                "Servers as processes run on Linux and macOS. On Windows start Docker Desktop or Podman, or use WSL.");
        }

        // Tests use random ports and keep no data, unless they say so.
        var ephemeral = IsTrue(builder, builder.Configuration["Ephemeral"] is { Length: > 0 } ? "Ephemeral" : RandomizePorts);
        var folder = builder.Configuration["Data"] is { Length: > 0 } asked ? asked
            : Path.Combine(builder.AppHostDirectory, "..", ".local");
        var directory = ephemeral ? DataDirectory.Temporary() : DataDirectory.Open(folder);

        // Aspire's own hosted service has started once all resources have their dependencies. These services watch that, so they start
        // before it and stop after it.
        builder.Services.AddSingleton(directory);
        builder.Services.Insert(0, ServiceDescriptor.Singleton<IHostedService, DataRelease>());
        builder.Services.Insert(0, ServiceDescriptor.Singleton<IHostedService, LogFiles>());
        builder.Services.Insert(0, ServiceDescriptor.Singleton<IHostedService, StateFile>());
        var restarts = !string.Equals(builder.Configuration["RestartServices"], "false", StringComparison.OrdinalIgnoreCase);
        if (restarts)
        {
            builder.Services.Insert(0, ServiceDescriptor.Singleton<IHostedService, ServiceRestarts>());
        }

        // The last service to be registered is stopped first.
        builder.Services.AddHostedService<OrderlyStop>();

        // Otherwise child processes outlive the AppHost for a while, and lose their folders.
        builder.Configuration["DcpPublisher:WaitForResourceCleanup"] = "true";
        return new ServerHost(placement, forced is not null, ephemeral, restarts, directory, []);
    }

    private static ServerPlacement? Forced(string? setting) => setting switch
    {
        null or "" => null,
        _ when Enum.TryParse<ServerPlacement>(setting, ignoreCase: true, out var placement) && Enum.IsDefined(placement) => placement,
        _ => throw new HostingException($"Servers are 'containers' or 'processes', not '{setting}'."),
    };

    /// <summary>Whether a boolean setting is on.</summary>
    internal static bool IsTrue(IDistributedApplicationBuilder builder, string setting) =>
        string.Equals(builder.Configuration[setting], "true", StringComparison.OrdinalIgnoreCase);
}
