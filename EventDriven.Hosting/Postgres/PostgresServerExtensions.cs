using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using EventDriven.Hosting.Data;
using EventDriven.Hosting.Processes;
using Microsoft.Extensions.Configuration;

namespace EventDriven.Hosting.Postgres;

/// <summary>Adds PostgreSQL to an application model.</summary>
public static class PostgresServerExtensions
{
    /// <summary>
    /// Adds PostgreSQL: the server in the connection string <paramref name="name"/> or, without one, a container or a process, as
    /// <see cref="ServerHost"/> decides.
    /// </summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddPostgresServer(
        this IDistributedApplicationBuilder builder, string name)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.Configuration.GetConnectionString(name) is { Length: > 0 })
        {
            return builder.AddConnectionString(name);
        }

        var host = ServerHost.Of(builder);
        if (builder.ExecutionContext.IsPublishMode)
        {
            return PublishedPostgres.Add(builder, name, host);
        }

        if (host.Placement == ServerPlacement.Processes)
        {
            return ServerProcess.Add(builder, new PostgresProcess(name, host.Data, host.IsEphemeral));
        }

        var container = builder.AddPostgres(name, password: builder.AddKeptPassword(name));
        return host.IsEphemeral ? container : container.WithDataVolume(host.Data.VolumeName(name));
    }

    /// <summary>
    /// Adds a database with a role of its own, both of which are created where they are missing: the role owns the database and may use
    /// nothing else. Where the configuration has a connection string of this name, it is that one. On a server that a connection string
    /// names, its operator creates databases and roles. In a published application, a job makes what the connection strings name.
    /// </summary>
    /// <returns>The connection string of this name.</returns>
    public static IResourceBuilder<IResourceWithConnectionString> AddServerDatabase(
        this IResourceBuilder<IResourceWithConnectionString> server, string name)
    {
        ArgumentNullException.ThrowIfNull(server);
        var builder = server.ApplicationBuilder;
        if (builder.Configuration.GetConnectionString(name) is { Length: > 0 })
        {
            return builder.AddConnectionString(name);
        }

        if (PublishedPostgres.Of(server.Resource) is { } published)
        {
            return published.AddDatabase(server, name, DatabaseRole.NameFor(name));
        }

        return builder.AddConnectionString(name, ConnectionString(server, name))
            .WithParentRelationship(server.Resource)
            .WaitFor(server);
    }

    private static ReferenceExpression ConnectionString(IResourceBuilder<IResourceWithConnectionString> server, string database)
    {
        switch (server)
        {
            case IResourceBuilder<PostgresProcess> process:
                var role = AddRole(process, database);
                return ReferenceExpression.Create($"{process.Resource.ConnectionStringOf(role.Name, role.Password)};Database={database}");
            case IResourceBuilder<PostgresServerResource> container:
                var (owner, endpoint) = (AddRole(container, database), container.Resource.PrimaryEndpoint);
                return ReferenceExpression.Create(
                    $"Host={endpoint.Property(EndpointProperty.Host)};Port={endpoint.Property(EndpointProperty.Port)};"
                    + $"Username={owner.Name};Password={owner.Password};Database={database}");
            default:
                return ReferenceExpression.Create($"{server};Database={database}");
        }
    }

    /// <summary>The database's role. Both are there whenever the server is ready.</summary>
    private static DatabaseRole AddRole<TServer>(IResourceBuilder<TServer> server, string database)
        where TServer : IResourceWithConnectionString
    {
        var name = DatabaseRole.NameFor(database);
        var password = ServerHost.Of(server.ApplicationBuilder).Data.Password($"{server.Resource.Name}/{name}");
        var role = new DatabaseRole(name, password, database);
        server.OnResourceReady(async (resource, _, cancellationToken) => await role.EnsureAsync(
            (await resource.ConnectionStringExpression.GetValueAsync(cancellationToken))!, cancellationToken));
        return role;
    }
}
