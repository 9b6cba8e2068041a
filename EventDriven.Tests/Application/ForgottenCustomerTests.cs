using System.CommandLine;
using System.Net;
using System.Text;
using Confluent.Kafka;
using EventDriven.Cli;
using EventDriven.Cli.Audit;
using EventDriven.Cli.Customers;
using EventDriven.Contracts;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Tests.Application.Harness;
using Npgsql;

namespace EventDriven.Tests.Application;

/// <summary>A customer is forgotten, and nothing of them is left in any file of the application and its servers.</summary>
public sealed class ForgottenCustomerTests
{
    private const string Name = "Zerlina Qvoxberg";
    private const string Email = "zerlina.qvoxberg@forgotten-customers.example";
    private const string OtherName = "Otilie Wyxdorf";
    private const string OtherEmail = "otilie.wyxdorf@remembered-customers.example";

    private static readonly string[] Databases = ["checkoutdb", "inventorydb", "notificationsdb", "analyticsdb", "recommendationsdb"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_of_a_forgotten_customer_is_left_in_any_file_and_everything_else_goes_on()
    {
        await using var system = await SystemUnderTest.StartAsync(replicas: 1, Token);
        Assert.SkipWhen(system.NoBrokerRestart is not null, "It searches Kafka's files, and the emulator has none: set KAFKA_HOME.");
        var (client, commands) = (new SystemClient(system), new Operator(system));
        var search = new TextSearch(Name, Email, "qvoxberg", "Qvoxberg");

        var (zerlina, otilie) = (await client.SignUpAsync(Email, Name), await client.SignUpAsync(OtherEmail, OtherName));
        var forgotten = await client.PlaceAsync(new OrderRequest { CustomerId = zerlina, Email = Email });
        var remembered = await client.PlaceAsync(new OrderRequest { CustomerId = otilie, Email = OtherEmail });
        await client.MessagesAreAsync($"customerId={zerlina}", ("welcome", "Sent"));
        var broken = await client.PlaceAsync(new OrderRequest { CustomerId = zerlina, Email = Email });
        foreach (var order in (OrderView[])[forgotten, broken, remembered])
        {
            await client.AreSentAsync(order.Id, "order-received", "order-confirmed");
        }

        await client.AnalyticsShowsAsync([forgotten, broken, remembered], "Confirmed");
        await DeadLetterAsync(system, broken.Id);
        var figures = await client.TopSkusAsync();

        // Mails are plain, and only they: the search can find what it looks for.
        var before = search.Find(system.DataFolders);
        Assert.Equal(5, before.Select(found => found.Split(':')[0]).Distinct().Count());
        Assert.All(before, found => Assert.StartsWith("mail/", found, StringComparison.Ordinal));

        Assert.Equal(ExitCode.Done, await ForgetAsync(system, zerlina));
        await client.MessagesAreAsync($"customerId={zerlina}", ("welcome", "Forgotten"));
        await client.MessagesAreAsync($"orderId={forgotten.Id}", ("order-received", "Forgotten"), ("order-confirmed", "Forgotten"));
        Assert.Equal(ExitCode.Done, await ForgetAsync(system, zerlina));

        // The open order goes on without mails, a new one is refused, and others are written to as before.
        Assert.Equal(HttpStatusCode.OK, await client.CancelAsync(forgotten.Id));
        await client.MessagesAreAsync(
            $"orderId={forgotten.Id}",
            ("order-received", "Forgotten"), ("order-confirmed", "Forgotten"), ("order-cancelled", "Forgotten"));
        using (var refused = await client.SendAsync(new OrderRequest { CustomerId = zerlina, Email = Email }))
        {
            Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
            Assert.Contains("customer-forgotten", await refused.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        }

        var later = await client.PlaceAsync(new OrderRequest { CustomerId = otilie, Email = OtherEmail });
        await client.AreSentAsync(later.Id, "order-received", "order-confirmed");
        await client.AnalyticsShowsAsync([forgotten], "Cancelled");
        await client.AnalyticsShowsAsync([remembered, later], "Confirmed");

        await ReadAgainAsync(commands);
        await IsAuditedAsync(commands, zerlina);
        await client.AnalyticsShowsAsync([forgotten], "Cancelled");
        await client.AnalyticsShowsAsync([remembered, later], "Confirmed");
        figures["tea-sencha"]++;
        Assert.Equal(figures, await client.TopSkusAsync());
        await client.MessagesAreAsync($"customerId={zerlina}", ("welcome", "Forgotten"));

        await EndAsync(system);
        Assert.True(TextSearch.Count(system.DataFolders) > 100);
        Assert.Empty(search.Find(system.DataFolders));
        Assert.NotEmpty(new TextSearch(OtherEmail).Find(system.DataFolders));
        Assert.NotEmpty(new TextSearch(forgotten.Id.ToString()).Find(system.DataFolders));
    }

    private static Task<int> ForgetAsync(SystemUnderTest system, Guid customer) => CommandLine.RunAsync(
        new RootCommand { ForgetCommand.Create(OperatorChanges.AtTerminal()) },
        ["forget", $"{customer}", "--yes", "--because", "a test", "--state", system.StateFile],
        Token);

    // The customer's own event again, as something that nobody can apply: each group that reads it keeps its bytes as a dead letter.
    private static async Task DeadLetterAsync(SystemUnderTest system, Guid orderId)
    {
        var kafka = await system.ConnectionStringAsync("kafka");
        var record = Find(kafka, orderId);
        var text = Encoding.UTF8.GetString(record.Message.Value);
        Assert.Contains("\"email\":\"pd1.", text, StringComparison.Ordinal);
        record.Message.Value = Encoding.UTF8.GetBytes(
            text.Replace("\"lines\":[{", "\"lines\":[{\"quantity\":-1},{", StringComparison.Ordinal));
        record.Message.Headers.Remove("ce_id");
        record.Message.Headers.Add("ce_id", Encoding.UTF8.GetBytes("altered"));
        using var producer = new ProducerBuilder<byte[], byte[]>(new ProducerConfig { BootstrapServers = kafka }).Build();
        await producer.ProduceAsync(record.TopicPartition, record.Message, Token);
        await Eventually.GetAsync(
            () => ExecuteAsync(system, "notificationsdb", "SELECT count(*) FROM messaging.dead_letters"), count => count is 1L);
    }

    private static ConsumeResult<byte[], byte[]> Find(string kafka, Guid orderId)
    {
        using var consumer = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig
        {
            BootstrapServers = kafka,
            GroupId = "forgotten-customers",
            AutoOffsetReset = AutoOffsetReset.Earliest,
            EnableAutoCommit = false,
        }).Build();
        consumer.Assign(Enumerable.Range(0, Topics.Orders.Partitions)
            .Select(partition => new TopicPartitionOffset(Topics.Orders.Name, partition, Offset.Beginning)));
        while (true)
        {
            var read = consumer.Consume(Token);
            if (Encoding.UTF8.GetString(read.Message.Key) == orderId.ToString()
                && Encoding.UTF8.GetString(read.Message.Headers.GetLastBytes("ce_type")) == EventTypes.OrderPlaced)
            {
                return read;
            }
        }
    }

    private static async Task ReadAgainAsync(Operator commands)
    {
        // Its bytes stay in the table.
        var (discarded, _, refusal) = await commands.RunAsync(
            "dead-letters", "discard", "--all", "--all-groups", "--because", "a test", "--yes");
        Assert.True(discarded == 0, refusal);
        var (rehearsed, rehearsal) = await commands.RunAsync<RehearsalResult>(
            "rehearse", "--group", "notifications", "--from", "beginning", "--allow-effects");
        Assert.True(rehearsal.Applied > 0, $"{rehearsed}: {rehearsal}");
        Assert.DoesNotContain("mails", rehearsal.Sent.Where(sent => sent.Value > 0).Select(sent => sent.Key), StringComparer.Ordinal);
        var (rebuilt, rebuild) = await commands.RunAsync<RebuildResult>(
            "rebuild", "--service", "analytics", "--yes", "--because", "a test");
        Assert.True(rebuilt == 0, $"{rebuild}");
        var (replayed, _, error) = await commands.RunAsync(
            "replay", "--group", "notifications", "--from", "beginning", "--yes", "--because", "a test");
        Assert.True(replayed == 0, error);
    }

    // What starts the application is recorded, too.
    private static async Task IsAuditedAsync(Operator commands, Guid customer)
    {
        var (exitCode, output, error) = await commands.RunAsync("audit", "--wide");
        Assert.True(exitCode == 0, error);
        Assert.All(
            ["topics apply", $"forget {customer}", "dead-letters discard", "rebuild --service analytics", "replay --group notifications"],
            command => Assert.Contains(command, output, StringComparison.Ordinal));
        var (verified, _, wrong) = await commands.RunAsync("audit", "verify");
        Assert.True(verified == 0, wrong);
    }

    // Nobody writes any more, and everything is in its file.
    private static async Task EndAsync(SystemUnderTest system)
    {
        foreach (var service in SystemUnderTest.Services)
        {
            await system.StopAsync(service);
        }

        foreach (var database in Databases)
        {
            await ExecuteAsync(system, database, "VACUUM");
        }

        // Each writes what it has in memory when it ends; PostgreSQL makes a checkpoint.
        foreach (var server in (string[])["kafka", "redis", "postgres"])
        {
            await system.StopAsync(server);
        }
    }

    private static async Task<object?> ExecuteAsync(SystemUnderTest system, string database, string sql)
    {
        await using var connection = new NpgsqlConnection(await system.ConnectionStringAsync(database));
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Token);
    }
}
