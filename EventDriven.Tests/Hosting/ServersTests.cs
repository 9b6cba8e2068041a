using Confluent.Kafka;
using Npgsql;
using StackExchange.Redis;

namespace EventDriven.Tests.Hosting;

public sealed class ServersTests(Servers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PostgreSQL_answers_with_an_empty_database()
    {
        await using var source = NpgsqlDataSource.Create(await servers.CreateDatabaseAsync(Token));
        await using var command = source.CreateCommand("select count(*) from information_schema.tables where table_schema = 'public'");

        Assert.Equal(0L, await command.ExecuteScalarAsync(Token));
    }

    [Fact]
    public async Task Redis_answers_and_refuses_who_has_no_password()
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(servers.Redis);
        Assert.True(await redis.GetDatabase().PingAsync() > TimeSpan.Zero);

        await Assert.ThrowsAsync<RedisConnectionException>(
            () => ConnectionMultiplexer.ConnectAsync($"{servers.Redis.Split(',')[0]},abortConnect=true,connectRetry=0"));
    }

    [Theory]
    [InlineData("GET", "another-key")]
    [InlineData("SET", "another-key", "1")]
    [InlineData("EVAL", "return redis.call('GET', 'another-key')", "0")]
    [InlineData("FLUSHALL")]
    [InlineData("CONFIG", "GET", "*")]
    [InlineData("ACL", "LIST")]
    [InlineData("KEYS", "*")]
    [InlineData("SHUTDOWN")]
    [InlineData("PUBLISH", "channel", "1")]
    public async Task Redis_lets_services_use_their_keys_and_nothing_else(string command, params string[] arguments)
    {
        // Without this setting, the client would refuse some of them itself.
        await using var redis = await ConnectionMultiplexer.ConnectAsync($"{servers.Redis},allowAdmin=true");
        await redis.GetDatabase().StringSetAsync("inbox:{own}:key", "1", TimeSpan.FromMinutes(1));
        Assert.Equal("1", await redis.GetDatabase().StringGetAsync("inbox:{own}:key"));

        var refused = await Assert.ThrowsAsync<RedisServerException>(
            () => redis.GetDatabase().ExecuteAsync(command, [.. arguments.Cast<object>()]));

        Assert.Matches("NOPERM|can't access", refused.Message);
    }

    [Fact]
    public async Task Kafka_gives_back_what_was_produced()
    {
        var topic = await servers.CreateTopicAsync(partitions: 3, Token);
        using var producer = new ProducerBuilder<string, string>(
            new ProducerConfig { BootstrapServers = servers.Kafka, Acks = Acks.All }).Build();
        await producer.ProduceAsync(topic, new Message<string, string> { Key = "key", Value = "value" }, Token);

        using var consumer = new ConsumerBuilder<string, string>(new ConsumerConfig
        {
            BootstrapServers = servers.Kafka,
            GroupId = topic,
            AutoOffsetReset = AutoOffsetReset.Earliest,
        }).Build();
        consumer.Subscribe(topic);
        var consumed = consumer.Consume(TimeSpan.FromSeconds(30));

        Assert.Equal(("key", "value"), (consumed?.Message.Key, consumed?.Message.Value));
    }
}
