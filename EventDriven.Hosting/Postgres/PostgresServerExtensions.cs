using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using EventDriven.Hosting.Data;
using EventDriven.Hosting.Processes;
using Microsoft.Extensions.Configuration;
using Npgsql;

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
            return builder.AddPostgres(name);
        }

        if (host.Placement == ServerPlacement.Processes)
        {
            return ServerProcess.Add(builder, new PostgresProcess(name, host.Data, host.IsEphemeral));
        }

        var container = builder.AddPostgres(name, password: builder.AddKeptPassword(name));
        return host.IsEphemeral ? container : container.WithDataVolume(host.Data.VolumeName(name));
    }

    /// <summary>
    /// Adds a database, which is created if it is missing. On a server that a connection string names, its operator creates the databases.
    /// </summary>
    /// <returns>The connection string of this name.</returns>
    public static IResourceBuilder<IResourceWithConnectionString> AddServerDatabase(
        this IResourceBuilder<IResourceWithConnectionString> server, string name)
    {
        ArgumentNullException.ThrowIfNull(server);
        switch (server)
        {
            case IResourceBuilder<PostgresServerResource> container:
                return container.AddDatabase(name);
            case IResourceBuilder<PostgresProcess> process:
                process.OnResourceReady((resource, _, cancellationToken) => CreateAsync(resource, name, cancellationToken));
                break;
        }

        return server.ApplicationBuilder
            .AddConnectionString(name, ReferenceExpression.Create($"{server};Database={name}"))
            .WithParentRelationship(server.Resource)
            .WaitFor(server);
    }

    private static async Task CreateAsync(PostgresProcess server, string name, CancellationToken cancellationToken)
    {
        var connectionString = await server.ConnectionStringExpression.GetValueAsync(cancellationToken);
        await using var connection = new NpgsqlConnection($"{connectionString};Database=postgres;Pooling=false");
        await connection.OpenAsync(cancellationToken);
        await using var exists = new NpgsqlCommand(
            "select 1 from pg_database where datname = $1", connection) { Parameters = { new() { Value = name } } };
        if (await exists.ExecuteScalarAsync(cancellationToken) is null)
        {
            // A database's name can't be a parameter. This one is not external input, and is quoted.
            await using var create = new NpgsqlCommand(
                $"create database \"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"", connection);
            await create.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
