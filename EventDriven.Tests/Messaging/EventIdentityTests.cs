using EventDriven.Messaging;
using Npgsql;

namespace EventDriven.Tests.Messaging;

/// <summary>An event is its source and its id (CloudEvents 1.0).</summary>
public sealed class EventIdentityTests(Servers servers)
{
    private const string Timed = "0199f000-0000-7000-8000-000000000001";

    [Theory]
    [InlineData("/checkout", Timed, "/inventory", Timed)]
    [InlineData("/checkout", "1", "/checkout", "2")]
    [InlineData("/checkout", "1", "/checkout1", "")]
    [InlineData("/a", "b", "/ab", "")]
    [InlineData("/checkout", "a", "/checkout", "A")]
    public void Another_source_or_another_id_is_another_event(string source, string id, string otherSource, string otherId) =>
        Assert.NotEqual(EventIdentity.Of(source, id), EventIdentity.Of(otherSource, otherId));

    [Fact]
    public void An_identity_begins_with_the_time_of_an_id_that_tells_it()
    {
        var identity = EventIdentity.Of("/checkout", Timed);

        Assert.StartsWith("0199f000-0000-7", identity.ToString(), StringComparison.Ordinal);
        Assert.Equal(EventIdentity.Of("/checkout", Timed), identity);
    }

    [Theory]
    [InlineData("f81d4fae-7dec-41d0-a765-00a0c91e6bf6")]
    [InlineData("order 7")]
    [InlineData("{0199f000-0000-7000-8000-000000000001}")]
    public void Any_other_identity_is_a_hash_alone(string id) =>
        Assert.Equal((8, 8), (EventIdentity.Of("/checkout", id).Version, EventIdentity.Of("/checkout", id).Variant & 0xC));

    [Fact]
    public void Texts_of_any_length_have_one() =>
        Assert.NotEqual(EventIdentity.Of(new string('ü', 5_000), "1"), EventIdentity.Of(new string('ü', 5_001), "1"));

    /// <summary>Rows of discarded dead letters get the major version of their type from PostgreSQL, other rows from the code.</summary>
    [Theory]
    [InlineData("test.pots.pot-broken.v1", 1)]
    [InlineData("test.pots.pot-broken.v12", 12)]
    [InlineData("test.pots.pot-broken.v9999", 9999)]
    [InlineData("test.pots.pot-broken.v10000", 1)]
    [InlineData("com.example.v2.pot", 1)]
    [InlineData("com.example.v2.pot.v", 1)]
    [InlineData("com.example.pot.v2 ", 1)]
    [InlineData("com.example.pot.v+2", 1)]
    [InlineData("pot", 1)]
    [InlineData("", 1)]
    public async Task PostgreSQL_finds_the_same_major_version(string type, int major)
    {
        await using var database = new NpgsqlConnection(await servers.CreateDatabaseAsync(TestContext.Current.CancellationToken));
        await database.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand($"SELECT {EventName.MajorSql("$1")}", database)
        {
            Parameters = { new() { Value = type } },
        };

        Assert.Equal((short)major, await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        Assert.Equal((short)major, EventName.MajorOf(type));
    }

    /// <summary>What migrations make of rows of the former version must be what events have now.</summary>
    [Theory]
    [InlineData("/checkout", Timed)]
    [InlineData("/bücher", "f81d4fae-7dec-41d0-a765-00a0c91e6bf6")]
    public async Task PostgreSQL_makes_the_same_of_them(string source, string id)
    {
        await using var database = new NpgsqlConnection(await servers.CreateDatabaseAsync(TestContext.Current.CancellationToken));
        await database.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(
            $"SELECT {EventIdentity.Sql($"'{source}'", "id")} FROM (VALUES ('{id}'::uuid)) AS event (id)", database);

        Assert.Equal(EventIdentity.Of(source, id), await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }
}
