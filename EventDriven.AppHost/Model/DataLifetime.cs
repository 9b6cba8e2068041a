#if ASPIRE
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace EventDriven.AppHost.Model;

/// <summary>Does the servers' data outlive the run? Their containers never do.</summary>
internal sealed class DataLifetime
{
    private readonly bool outlives;

    private DataLifetime(bool outlives) => this.outlives = outlives;

    /// <summary>
    /// It does when somebody runs the application; not with <c>--ephemeral</c>, and not in tests, whose builder randomizes the ports. Nor when it
    /// is published: a volume there is a network share, on which PostgreSQL does not run; lasting data belongs on an existing server.
    /// </summary>
    public static DataLifetime Of(IDistributedApplicationBuilder builder, AppHostArguments arguments) => new(
        builder.ExecutionContext.IsRunMode
        && !arguments.Ephemeral
        && !string.Equals(builder.Configuration["DcpPublisher:RandomizePorts"], "true", StringComparison.OrdinalIgnoreCase));

    /// <summary>Gives the server a volume, when data outlives the run.</summary>
    public IResourceBuilder<T> Of<T>(IResourceBuilder<T> server, Func<IResourceBuilder<T>, IResourceBuilder<T>> withDataVolume)
        where T : ContainerResource =>
        outlives ? withDataVolume(server) : server;
}
#endif
