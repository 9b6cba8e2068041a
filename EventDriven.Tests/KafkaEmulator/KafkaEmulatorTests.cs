using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Confluent.Kafka;

namespace EventDriven.Tests.KafkaEmulator;

public sealed class KafkaEmulatorTests(EmulatorProcess emulator) : IClassFixture<EmulatorProcess>
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);
    private static readonly HttpClient Http = new() { Timeout = Bound };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void It_says_first_what_it_is_and_then_where()
    {
        Assert.Contains("in memory, about 5 MiB a partition", emulator.Output[0]);
        Assert.Contains("never for durability or load", emulator.Output[0]);
        Assert.Contains(emulator.BootstrapServers, emulator.Output[1]);
    }

    [Fact]
    public async Task What_was_produced_comes_back()
    {
        using var producer = new ProducerBuilder<string, string>(
            new ProducerConfig { BootstrapServers = emulator.BootstrapServers, Acks = Acks.All }).Build();
        await producer.ProduceAsync(EmulatorProcess.Declared, new Message<string, string> { Key = "key", Value = "value" }, Token)
            .WaitAsync(Bound, Token);

        using var consumer = new ConsumerBuilder<string, string>(new ConsumerConfig
        {
            BootstrapServers = emulator.BootstrapServers,
            GroupId = "reader",
            AutoOffsetReset = AutoOffsetReset.Earliest,
        }).Build();
        consumer.Subscribe(EmulatorProcess.Declared);
        var consumed = consumer.Consume(Bound);

        Assert.Equal(("key", "value"), (consumed?.Message.Key, consumed?.Message.Value));
    }

    [Fact]
    public void Declared_topics_have_their_partitions()
    {
        Assert.Equal(EmulatorProcess.DeclaredPartitions, Partitions(EmulatorProcess.Declared));
        Assert.Equal(1, Partitions("other.v1"));
    }

    [Fact]
    public async Task A_topic_is_made_once_and_keeps_its_number_of_partitions()
    {
        Assert.Equal(HttpStatusCode.Created, await PutAsync("made.v1?partitions=3"));
        Assert.Equal(HttpStatusCode.NoContent, await PutAsync("made.v1?partitions=3"));
        Assert.Equal(HttpStatusCode.Conflict, await PutAsync("made.v1?partitions=4"));
        Assert.Equal(HttpStatusCode.Conflict, await PutAsync($"{EmulatorProcess.Declared}?partitions=1"));

        Assert.Equal(3, Partitions("made.v1"));
    }

    [Theory]
    [InlineData("two words?partitions=1")]
    [InlineData("ümlaut?partitions=1")]
    [InlineData("bad.v1?partitions=0")]
    [InlineData("bad.v1?partitions=1001")]
    [InlineData("bad.v1?partitions=many")]
    [InlineData("bad.v1")]
    public async Task A_topic_that_Kafka_would_refuse_is_a_bad_request(string topic)
    {
        Assert.Equal(HttpStatusCode.BadRequest, await PutAsync(topic));
        Assert.Equal(0, Partitions("bad.v1"));
    }

    [Fact]
    public async Task A_client_that_sends_rubbish_is_cut_off_and_ends_nothing_else()
    {
        using var client = await ConnectAsync();
        await client.SendAsync(RandomNumberGenerator.GetBytes(100_000), Token);

        await AssertClosedAsync(client);
        using var health = await Http.GetAsync(new Uri($"http://127.0.0.1:{emulator.ControlPort}/health"), Token);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        Assert.Equal(EmulatorProcess.DeclaredPartitions, Partitions(EmulatorProcess.Declared));
    }

    [Fact]
    public async Task A_client_that_has_sent_its_last_request_is_let_go()
    {
        using var client = await ConnectAsync();
        client.Shutdown(SocketShutdown.Send);

        await AssertClosedAsync(client);
    }

    [Theory]
    [InlineData("--port", "--control-port")]
    [InlineData("--control-port", "--port")]
    public async Task A_taken_port_is_refused(string takenOption, string freeOption)
    {
        var (exitCode, error) = await EmulatorProcess.RunAsync(
            takenOption, $"{emulator.Port}", freeOption, $"{EmulatorProcess.FreePort()}");

        Assert.Equal(1, exitCode);
        var line = Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains($"127.0.0.1:{emulator.Port}: address already in use", line);
    }

    [Theory]
    [InlineData("--port takes a port", "--port", "0")]
    [InlineData("'--port' is required", "--topic", "a.v1=1")]
    [InlineData("--topic takes name=partitions", "--port", "1", "--topic", "a.v1")]
    [InlineData("more than once", "--port", "1", "--topic", "a.v1=1", "--topic", "a.v1=2")]
    public async Task A_command_line_that_can_not_be_understood_is_refused(string reason, params string[] args)
    {
        var (exitCode, error) = await EmulatorProcess.RunAsync(args);

        Assert.Equal(2, exitCode);
        Assert.Contains(reason, error);
    }

    [Fact]
    public async Task It_stops_soon_when_told_to_although_clients_are_connected()
    {
        await using var other = new EmulatorProcess();
        await other.InitializeAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, other.Port, Token);

        Assert.Equal(0, await other.TerminateAsync(TimeSpan.FromSeconds(5)));
    }

    private static async Task AssertClosedAsync(Socket client)
    {
        try
        {
            Assert.Equal(0, await client.ReceiveAsync(new byte[1], Token).AsTask().WaitAsync(Bound, Token));
        }
        catch (SocketException exception)
        {
            // The other side had not read everything when it closed.
            Assert.Equal(SocketError.ConnectionReset, exception.SocketErrorCode);
        }
    }

    private async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, emulator.Port, Token);
        return socket;
    }

    private async Task<HttpStatusCode> PutAsync(string topic)
    {
        using var answer = await Http.PutAsync(new Uri($"http://127.0.0.1:{emulator.ControlPort}/topics/{topic}"), content: null, Token);
        return answer.StatusCode;
    }

    // Asks about all topics, because the cluster creates a topic that it is asked about by name.
    private int Partitions(string topic)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = emulator.BootstrapServers }).Build();
        return admin.GetMetadata(Bound).Topics.Find(found => found.Topic == topic)?.Partitions.Count ?? 0;
    }
}
