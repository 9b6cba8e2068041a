using Aspire.Hosting;
using EventDriven.Hosting.Data;
using EventDriven.Hosting.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EventDriven.Hosting;

/// <summary>
/// What the servers of one application are and where they keep their data, as these settings say, on the command line or in the environment:
/// <c>Servers</c> (<c>containers</c> or <c>processes</c>; else containers where a runtime answers), <c>Data</c> (folder; else <c>.local</c> beside the
/// AppHost's own), <c>Ephemeral</c> (<c>true</c>: a temporary folder, removed at the end), <c>RestartServices</c> (<c>false</c>: who dies stays down).
/// </summary>
public sealed class ServerHost
{
    /// <summary>Aspire's own setting, which its tests' builder sets.</summary>
    internal const string RandomizePorts = "DcpPublisher:RandomizePorts";

    private readonly DataDirectory? data;

    private ServerHost(ServerPlacement placement, bool isForced, bool isEphemeral, bool restarts, DataDirectory? data)
    {
        Placement = placement;
        IsForced = isForced;
        IsEphemeral = isEphemeral;
        RestartsServices = restarts;
        this.data = data;
    }

    public ServerPlacement Placement { get; }

    /// <summary>Was <see cref="Placement"/> asked for, and not found out?</summary>
    public bool IsForced { get; }

    /// <summary>Is everything forgotten at the end?</summary>
    public bool IsEphemeral { get; }

    /// <summary>Is a service that dies started again?</summary>
    public bool RestartsServices { get; }

    /// <summary>Does what servers store outlive the run? Not where the application is published: a volume there is a network share, on which PostgreSQL does not run.</summary>
    public bool KeepsData => data is not null && !IsEphemeral;

    /// <summary>Where servers keep their data.</summary>
    /// <exception cref="InvalidOperationException">The application is published, not run.</exception>
    public DataDirectory Data => data ?? throw new InvalidOperationException("An application that is published keeps no data on this machine.");

    /// <summary>The builder's own; made, with what keeps an application in order while it runs, at the first call.</summary>
    /// <exception cref="HostingException">A setting can't be understood, or another run uses the folder.</exception>
    public static ServerHost Of(IDistributedApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.Services.FirstOrDefault(service => service.ServiceType == typeof(ServerHost))?.ImplementationInstance is ServerHost known)
        {
            return known;
        }

        var host = builder.ExecutionContext.IsPublishMode
            ? new ServerHost(ServerPlacement.Containers, isForced: true, isEphemeral: false, restarts: false, data: null)
            : ForRun(builder);
        builder.Services.AddSingleton(host);
        return host;
    }

    /// <summary>Gives up what the builder holds when no application comes of it; an application does so at its end.</summary>
    public static void Abandon(IDistributedApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        (builder.Services.FirstOrDefault(service => service.ServiceType == typeof(DataDirectory))?.ImplementationInstance as DataDirectory)?.Dispose();
    }

    private static ServerHost ForRun(IDistributedApplicationBuilder builder)
    {
        var forced = Forced(builder.Configuration["Servers"]);
        var placement = forced ?? (ContainerRuntime.Answers() ? ServerPlacement.Containers : ServerPlacement.Processes);
        if (placement == ServerPlacement.Processes && OperatingSystem.IsWindows())
        {
            throw new HostingException("Servers as processes run on Linux and macOS. On Windows start Docker Desktop or Podman, or use WSL.");
        }

        // Tests randomize the ports, and leave nothing behind.
        var ephemeral = IsTrue(builder, "Ephemeral") || IsTrue(builder, RandomizePorts);
        var folder = builder.Configuration["Data"] is { Length: > 0 } asked ? asked : Path.Combine(builder.AppHostDirectory, "..", ".local");
        var directory = ephemeral ? DataDirectory.Temporary() : DataDirectory.Open(folder);

        // Aspire's own service is done with its start when everybody has what they wait for. These watch it, so they start before it and stop after it.
        builder.Services.AddSingleton(directory);
        builder.Services.Insert(0, ServiceDescriptor.Singleton<IHostedService, DataRelease>());
        builder.Services.Insert(0, ServiceDescriptor.Singleton<IHostedService, LogFiles>());
        builder.Services.Insert(0, ServiceDescriptor.Singleton<IHostedService, StateFile>());
        var restarts = !string.Equals(builder.Configuration["RestartServices"], "false", StringComparison.OrdinalIgnoreCase);
        if (restarts)
        {
            builder.Services.Insert(0, ServiceDescriptor.Singleton<IHostedService, ServiceRestarts>());
        }

        // What is registered last is stopped first.
        builder.Services.AddHostedService<OrderlyStop>();

        // Else children outlive the AppHost for a while, and their folders are removed under them.
        builder.Configuration["DcpPublisher:WaitForResourceCleanup"] = "true";
        return new ServerHost(placement, forced is not null, ephemeral, restarts, directory);
    }

    private static ServerPlacement? Forced(string? setting) => setting switch
    {
        null or "" => null,
        _ when Enum.TryParse<ServerPlacement>(setting, ignoreCase: true, out var placement) && Enum.IsDefined(placement) => placement,
        _ => throw new HostingException($"Servers are 'containers' or 'processes', not '{setting}'."),
    };

    /// <summary>Is a setting that is on or off on?</summary>
    internal static bool IsTrue(IDistributedApplicationBuilder builder, string setting) =>
        string.Equals(builder.Configuration[setting], "true", StringComparison.OrdinalIgnoreCase);
}
