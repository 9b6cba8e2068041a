using EventDriven.Chaos.Faults.Servers;
using StackExchange.Redis;

namespace EventDriven.Tests.Chaos;

/// <summary>Whom Redis has refused, by its own log.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class RefusedClientTests
{
    [Fact]
    public void A_refused_password_tells_where_it_came_from_and_how_often()
    {
        var refused = RefusedClient.TryRead(Entry("auth", "id=7 addr=127.0.0.1:40123 laddr=127.0.0.1:6379 fd=9 name= user=default"));

        Assert.Equal(("127.0.0.1:40123", 3L), ($"{refused!.Address}", refused.Times));
    }

    [Fact]
    public void A_refused_command_is_something_else() => Assert.Null(RefusedClient.TryRead(Entry("command", "id=7 addr=127.0.0.1:40123")));

    [Fact]
    public void A_client_without_an_address_is_nobody() => Assert.Null(RefusedClient.TryRead(Entry("auth", "id=7 addr=/run/redis.sock:0")));

    private static RedisResult Entry(string reason, string client) => RedisResult.Create(
    [
        RedisResult.Create(new RedisValue("count")), RedisResult.Create(new RedisValue("3")),
        RedisResult.Create(new RedisValue("reason")), RedisResult.Create(new RedisValue(reason)),
        RedisResult.Create(new RedisValue("client-info")), RedisResult.Create(new RedisValue(client)),
    ]);
}
