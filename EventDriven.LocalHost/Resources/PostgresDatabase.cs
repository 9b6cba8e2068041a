using EventDriven.LocalHost.Processes;
using Npgsql;

namespace EventDriven.LocalHost.Resources;

/// <summary>A database in the server, created when it is missing.</summary>
internal sealed class PostgresDatabase(string name, ResourceLog log, PostgresServer server) : LocalResource(name, log)
{
    internal override string ConnectionString => $"{server.ConnectionString};Database={Name}";

    internal override async Task StartAsync(CancellationToken cancellationToken)
    {
        State = ResourceState.Starting;
        try
        {
            await CreateAsync(server.ConnectionString, Name, cancellationToken);
            State = ResourceState.Running;
        }
        catch (NpgsqlException exception)
        {
            Failure = exception.Message;
            State = ResourceState.Failed;
            throw new LocalApplicationException($"Database '{Name}' can't be created: {exception.Message}", exception);
        }
    }

    internal override Task StopAsync()
    {
        State = ResourceState.Stopped;
        return Task.CompletedTask;
    }

    internal override Task KillAsync() => StopAsync();

    /// <summary>Creates the database unless it is there.</summary>
    public static async Task CreateAsync(string serverConnectionString, string name, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection($"{serverConnectionString};Database=postgres;Pooling=false");
        await connection.OpenAsync(cancellationToken);
        await using var exists = new NpgsqlCommand("select 1 from pg_database where datname = $1", connection) { Parameters = { new() { Value = name } } };
        if (await exists.ExecuteScalarAsync(cancellationToken) is null)
        {
            // A database's name can't be a parameter; this one is ours, and quoted.
            await using var create = new NpgsqlCommand($"create database \"{name.Replace("\"", "\"\"")}\"", connection);
            await create.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
