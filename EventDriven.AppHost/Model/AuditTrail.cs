using EventDriven.Hosting;
using EventDriven.Hosting.Postgres;
using EventDriven.Hosting.Processes;
using Microsoft.Extensions.Configuration;

namespace EventDriven.AppHost.Model;

/// <summary>The audit trail of the operator commands.</summary>
internal static class AuditTrail
{
    /// <summary>
    /// Adds its database, with a role for the commands that may only add and read entries: a local run makes both, and so does the job
    /// <c>databases</c> of a deployment on a container. Where PostgreSQL exists already, or the configuration has the connection string
    /// <c>auditdb</c>, it is that one, which a deployment asks for.
    /// </summary>
    /// <param name="server">The server of the services' databases.</param>
    /// <exception cref="HostingException">The server is not made here, and the connection string is missing.</exception>
    public static IResourceBuilder<IResourceWithConnectionString> AddAuditTrail(this IResourceBuilder<IResourceWithConnectionString> server)
    {
        var builder = server.ApplicationBuilder;
        var name = server.Resource.Name;
        if (builder.Configuration.GetConnectionString(AuditDatabase.Name) is { Length: > 0 })
        {
            return builder.AddConnectionString(AuditDatabase.Name);
        }

        if (builder.ExecutionContext.IsPublishMode)
        {
            // The trail's script needs a superuser, whom no managed server has.
            return PublishedPostgres.Of(server.Resource) is { } published && !ServerHost.Of(builder).Exists(name)
                ? published.AddDatabase(server, AuditDatabase.Name, AuditDatabase.Role)
                : builder.AddConnectionString(AuditDatabase.Name);
        }

        var database = new AuditDatabase(ServerHost.Of(builder).Data.Password($"{name}/{AuditDatabase.Role}"));
        var (host, port, login) = server.Resource switch
        {
            ServerProcess process => (
                process.Endpoint.Property(EndpointProperty.IPV4Host), process.Endpoint.Property(EndpointProperty.Port),
                ";Require Auth=ScramSHA256"),
            PostgresServerResource container => (
                container.PrimaryEndpoint.Property(EndpointProperty.Host), container.PrimaryEndpoint.Property(EndpointProperty.Port), ""),
            _ => throw new HostingException(
                $"The audit trail of the operator commands needs a database on the server in ConnectionStrings__{name}: run the SQL that "
                + $"./eventdriven audit script prints, and set ConnectionStrings__{AuditDatabase.Name}."),
        };

        // It is there whenever the server is ready.
        server.OnResourceReady(async (resource, _, cancellationToken) => await database.EnsureAsync(
            (await resource.GetConnectionStringAsync(cancellationToken))!, cancellationToken));
        return builder.AddConnectionString(
                AuditDatabase.Name,
                ReferenceExpression.Create(
                    $"Host={host};Port={port};Username={AuditDatabase.Role};Password={database.Password};"
                    + $"Database={database.Database}{login}"))
            .WithParentRelationship(server.Resource)
            .WaitFor(server);
    }
}
