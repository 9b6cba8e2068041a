using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using EventDriven.Hosting.Data;
using EventDriven.Hosting.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EventDriven.Hosting.Processes;

/// <summary>A server as a process of this machine. It listens on a free loopback port itself, without a proxy.</summary>
public abstract class ServerProcess : ExecutableResource, IResourceWithConnectionString
{
    private const string EndpointName = "tcp";
    private const string LeftoverTimeoutSeconds = "30";

    private static readonly string? FLock = Executable.Find("flock");

    private readonly DataDirectory _data;

    private protected ServerProcess(string name, DataDirectory data)
        : base(name, FLock ?? "/usr/bin/env", data.Path)
    {
        _data = data;
        Endpoint = new EndpointReference(this, EndpointName);
    }

    /// <summary>The endpoint that it listens on.</summary>
    public EndpointReference Endpoint { get; }

    /// <summary>The connection string for clients.</summary>
    public abstract ReferenceExpression ConnectionStringExpression { get; }

    /// <summary>
    /// Host and port. The host is an IP address, because its name may also resolve to an address on which nothing listens.
    /// </summary>
    private protected ReferenceExpression Address => ReferenceExpression.Create(
        $"{Endpoint.Property(EndpointProperty.IPV4Host)}:{Endpoint.Property(EndpointProperty.Port)}");

    /// <summary>The server's folder, for this user only.</summary>
    private protected string Folder => _data.Folder(Name);

    /// <summary>Adds the server to an application.</summary>
    internal static IResourceBuilder<TServer> Add<TServer>(IDistributedApplicationBuilder builder, TServer server)
        where TServer : ServerProcess =>
        builder.AddResource(server)
            .WithEndpoint(scheme: "tcp", name: EndpointName, isProxied: false)
            .OnBeforeResourceStarted(static (server, starting, cancellationToken) =>
                server.PrepareAsync(starting.Services.GetRequiredService<ResourceLoggerService>().GetLogger(server), cancellationToken))
            .WithArgs(context => server.AddArguments(context.Args))
            .WithReadiness(server.IsReadyAsync);

    /// <summary>Writes the files that must exist before the process starts.</summary>
    private protected abstract Task PrepareAsync(ILogger log, CancellationToken cancellationToken);

    /// <summary>The program and its arguments.</summary>
    private protected abstract IEnumerable<object> CommandLine();

    /// <summary>Whether the server answers clients.</summary>
    private protected abstract Task<bool> AnswersAsync(string connectionString, CancellationToken cancellationToken);

    /// <summary>
    /// A process that was left by a killed run has some seconds to end. Until then it holds the lock, so two servers never write the same
    /// files.
    /// </summary>
    private void AddArguments(IList<object> arguments)
    {
        IEnumerable<object> exclusively = FLock is null ? []
            : ["--no-fork", "--timeout", LeftoverTimeoutSeconds, Path.Combine(_data.Folder("run"), $"{Name}.lock")];
        foreach (var argument in exclusively.Concat(CommandLine()))
        {
            arguments.Add(argument);
        }
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken) =>
        await ConnectionStringExpression.GetValueAsync(cancellationToken) is { } connectionString
        && await AnswersAsync(connectionString, cancellationToken);
}
