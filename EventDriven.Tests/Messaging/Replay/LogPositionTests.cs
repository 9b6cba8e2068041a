using Confluent.Kafka;
using EventDriven.Messaging.Operations.Logs;

namespace EventDriven.Tests.Messaging.Replay;

public sealed class LogPositionTests(Servers servers)
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("beginning", "beginning")]
    [InlineData("0", "offset:0")]
    [InlineData("120", "offset:120")]
    [InlineData("offset:120", "offset:120")]
    [InlineData("2026-11-23", "2026-11-23T00:00:00.0000000+00:00")]
    [InlineData("2026-11-23T10:15", "2026-11-23T10:15:00.0000000+00:00")]
    [InlineData("2026-11-23T10:15:00Z", "2026-11-23T10:15:00.0000000+00:00")]
    [InlineData("2026-11-23T10:15:00.5+02:00", "2026-11-23T08:15:00.5000000+00:00")]
    [InlineData("90s", "2026-11-23T11:58:30.0000000+00:00")]
    [InlineData("15m", "2026-11-23T11:45:00.0000000+00:00")]
    [InlineData("2h", "2026-11-23T10:00:00.0000000+00:00")]
    [InlineData("7d", "2026-11-16T12:00:00.0000000+00:00")]
    public void A_place_is_read_as_an_operator_writes_it(string text, string expected)
    {
        Assert.True(LogPosition.TryParse(text, Now, out var position));
        Assert.Equal(expected, position.ToString());
        Assert.Equal(expected == "beginning", position.IsBeginning);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("h")]
    [InlineData("-1")]
    [InlineData("offset:-1")]
    [InlineData("offset:")]
    [InlineData("2x")]
    [InlineData("1.5h")]
    [InlineData("2147483647d")]
    [InlineData("2147483647h")]
    [InlineData("23.11.2026")]
    [InlineData("99999999999999999999")]
    public void What_is_no_place_is_refused(string? text) => Assert.False(LogPosition.TryParse(text, Now, out _));

    [Fact]
    public async Task A_place_is_an_offset_in_each_partition()
    {
        var topic = await servers.CreateTopicAsync(2, Token);
        var first = new TopicPartition(topic, 0);
        var second = new TopicPartition(topic, 1);
        using (var producer = new ProducerBuilder<byte[], byte[]>(new ProducerConfig { BootstrapServers = servers.Kafka }).Build())
        {
            for (var minute = 0; minute < 4; minute++)
            {
                var record = new Message<byte[], byte[]> { Value = [1], Timestamp = new Timestamp(Now.AddMinutes(minute)) };
                await producer.ProduceAsync(first, record, Token);
            }
        }

        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = servers.Kafka }).Build();
        async Task<(long First, long Second)> BeginAsync(LogPosition position)
        {
            var offsets = await position.BeginAsync(admin, [first, second], Token);
            return (offsets[first], offsets[second]);
        }

        async Task<(long First, long Second)> EndAsync(LogPosition position)
        {
            var offsets = await position.EndAsync(admin, [first, second], Token);
            return (offsets[first], offsets[second]);
        }

        Assert.Equal((0, 0), await BeginAsync(LogPosition.Beginning));
        Assert.Equal((3, 0), await BeginAsync(LogPosition.At(3)));
        Assert.Equal((4, 0), await BeginAsync(LogPosition.At(99)));
        if (servers.NoKafkaLogOnDisk is not null)
        {
            // The emulator finds nothing by time: then all of it is meant.
            Assert.Equal((0, 0), await BeginAsync(LogPosition.At(Now.AddMinutes(2))));
            Assert.Equal((4, 0), await EndAsync(LogPosition.At(Now.AddMinutes(2))));
            return;
        }

        Assert.Equal((0, 0), await BeginAsync(LogPosition.At(Now.AddDays(-1))));
        Assert.Equal((2, 0), await BeginAsync(LogPosition.At(Now.AddMinutes(2))));
        Assert.Equal((2, 0), await EndAsync(LogPosition.At(Now.AddMinutes(2))));
        Assert.Equal((4, 0), await BeginAsync(LogPosition.At(Now.AddMinutes(9))));
    }
}
