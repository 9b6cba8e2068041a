using EventDriven.Messaging.Storage.Schema;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace EventDriven.Tests.Messaging.Schema;

/// <summary>A database as the last version has left it whose tables of messaging were made by its service's own migrations.</summary>
internal static class FormerDatabase
{
    public const string Inventory = "inventory";
    public const string Analytics = "analytics";

    /// <summary>Restores a dump, with some rows in each table; returns an open connection.</summary>
    public static async Task<NpgsqlConnection> RestoreAsync(Servers servers, string service, CancellationToken cancellationToken)
    {
        var database = new NpgsqlConnection($"{await servers.CreateDatabaseAsync(cancellationToken)};Persist Security Info=true");
        await database.OpenAsync(cancellationToken);
        var dump = await File.ReadAllTextAsync(
            Path.Combine(Repository.Root, "EventDriven.Tests", "Messaging", "Schema", "Former", $"{service}.sql"), cancellationToken);
        await database.RunAsync(dump, cancellationToken);
        return database;
    }

    public static async Task InstallAsync(this NpgsqlConnection database, CancellationToken cancellationToken) =>
        Assert.Null(
            await new SchemaInstaller(TimeProvider.System, NullLogger.Instance).InstallAsync(database, publishes: true, cancellationToken));

    public static async Task<int> RunAsync(this NpgsqlConnection database, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, database);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The first column of a query's rows.</summary>
    public static async Task<List<string>> ReadAsync(this NpgsqlConnection database, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, database);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(reader.GetValue(0).ToString()!);
        }

        return rows;
    }
}
