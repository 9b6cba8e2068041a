using EventDriven.ControlRoom.Replay.Rehearsal;
using Npgsql;

namespace EventDriven.Tests.ControlRoom.Replay;

/// <summary>The rows beside which a rehearsal's changes stand.</summary>
public sealed class TableCountsTests(Servers servers)
{
    [Fact]
    public async Task Rows_are_counted_or_estimated_where_that_takes_long_and_what_is_not_there_is_left_out()
    {
        var token = TestContext.Current.CancellationToken;
        await using var database = new NpgsqlConnection(await servers.CreateDatabaseAsync(token));
        await database.OpenAsync(token);
        await using var setup = new NpgsqlCommand(
            """
            CREATE TABLE "Odd ""name" AS SELECT generate_series(1, 3);
            CREATE VIEW slow AS SELECT pg_sleep(60)::text AS slept;
            """,
            database);
        await setup.ExecuteNonQueryAsync(token);

        var counts = await TableCounts.ReadAsync(database, ["Odd \"name", "slow", "missing"], token);

        Assert.Equal(new TableCount(3, IsExact: true), counts["Odd \"name"]);
        Assert.False(counts["slow"].IsExact);
        Assert.Equal(2, counts.Count);
    }
}
