using System.Text.Json;
using EventDriven.Contracts;
using EventDriven.Tests.Application.Harness;
using Npgsql;

namespace EventDriven.Tests.ControlRoom.Browser;

/// <summary>
/// An order whose event is a dead letter of Recommendations, as if its handler had failed: the record is that of the log, so that a redrive
/// handles it, and what it has done already it does not do twice.
/// </summary>
internal sealed class ParkedOrder(string database, string key) : IAsyncDisposable
{
    public const string Group = "recommendations";
    public const string Error = "The shelf was not there.";

    /// <summary>Milliseconds. An instance that has not parked the key itself looks for it every 30 s.</summary>
    public const float RedriveBound = 90_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The order's id.</summary>
    public string Key => key;

    /// <summary>Parks the event of an order that was handled.</summary>
    public static async Task<ParkedOrder> ParkAsync(OneOfEach application)
    {
        var order = await application.Client.PlaceAsync();
        var log = await application.LogAsync();

        // The relay may not have sent it yet.
        var placed = (await Eventually.GetAsync(
            () => Task.FromResult(log.ReadAll(Topics.Orders).Find(
                logged => logged.Key == $"{order.Id}" && logged.Type.EndsWith("order-placed.v1", StringComparison.Ordinal))),
            logged => logged is not null))!;
        await log.CaughtUpAsync(Group, Topics.Orders);
        var database = await application.System.ConnectionStringAsync($"{Group}db");
        await using var connection = await OpenAsync(database);
        await using var insert = new NpgsqlCommand(
            """
            INSERT INTO messaging.dead_letters ("group", cluster, topic, partition, "offset", key, event_id, source, type, time, headers,
                record_key, data, reason, error_type, error_message, error_stack, attempts, first_failed_at, last_failed_at, state,
                changed_by, changed_at)
            SELECT $1, cluster, $2, $3, $4, $5, $6, '/checkout', $7, now(), $8::jsonb, $9, $10, 'failed',
                'System.InvalidOperationException', $11, 'at Shelf.Find()', 5, now(), now(), 'parked', $1, now()
            FROM messaging.consumer_groups WHERE "group" = $1
            """,
            connection);
        foreach (var value in (object[])
            [
                Group, placed.Record.Topic, placed.Record.Partition.Value, placed.Record.Offset.Value, placed.Key, placed.Id, placed.Type,
                JsonSerializer.Serialize(placed.Record.Message.Headers.Select(header =>
                    new { name = header.Key, value = Convert.ToBase64String(header.GetValueBytes()) })),
                placed.Record.Message.Key, placed.Record.Message.Value, Error,
            ])
        {
            insert.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        Assert.Equal(1, await insert.ExecuteNonQueryAsync(Token));
        return new ParkedOrder(database, placed.Key);
    }

    /// <summary>What has become of it.</summary>
    public async Task<string?> StateAsync()
    {
        await using var connection = await OpenAsync(database);
        await using var select = new NpgsqlCommand("SELECT state FROM messaging.dead_letters WHERE key = $1", connection)
        {
            Parameters = { new() { Value = key } },
        };
        return (string?)await select.ExecuteScalarAsync(Token);
    }

    /// <summary>Other tests of the application find it without dead letters.</summary>
    public async ValueTask DisposeAsync()
    {
        await using var connection = await OpenAsync(database);
        await using var delete = new NpgsqlCommand("DELETE FROM messaging.dead_letters WHERE key = $1", connection)
        {
            Parameters = { new() { Value = key } },
        };
        await delete.ExecuteNonQueryAsync(CancellationToken.None);
    }

    private static async Task<NpgsqlConnection> OpenAsync(string database)
    {
        var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(CancellationToken.None);
        return connection;
    }
}
