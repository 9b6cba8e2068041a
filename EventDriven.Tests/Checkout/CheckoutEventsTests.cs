using EventDriven.Contracts;
using EventDriven.Messaging;
using EventDriven.Messaging.Events;
using EventDriven.Tests.Checkout.Host;
using EventDriven.Tests.KafkaEmulator;
using EventDriven.Tests.Messaging.Host;

namespace EventDriven.Tests.Checkout;

/// <summary>Through a broker; one of its own, because Checkout's group and topics have fixed names.</summary>
public class CheckoutEventsTests(Servers servers)
{
    [Fact]
    public async Task Order_is_announced_and_the_answer_of_Inventory_confirms_it_once()
    {
        await using var kafka = await EmulatorProcess.StartAsync([.. Topics.All.Select(topic => (topic.Name, topic.Partitions))]);

        var database = await servers.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var checkout = new CheckoutApp(new CheckoutAppOptions(database, servers.Redis) { Kafka = kafka.BootstrapServers });
        var id = await checkout.Client.PlaceAsync();
        await Eventually.TrueAsync(() => OnOrders(kafka, id).Count == 1);

        var (envelope, data) = InventoryFacts.StockReserved(id);
        var record = KafkaBinding.Write(envelope, data);
        await Records.ProduceAsync(
            kafka.BootstrapServers, Topics.Inventory.Name, [record, record, record], TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(async () => (await checkout.Client.GetOrderAsync(id)).State() == "Confirmed");
        await Eventually.TrueAsync(async () => (await checkout.OutboxAsync(id)).Count == 0);

        var announced = OnOrders(kafka, id);
        Assert.Equal([EventTypes.OrderPlaced, EventTypes.OrderConfirmed], announced.Select(e => e.Type));
        Assert.All(announced, e => Assert.Equal("/checkout", e.Source));
        Assert.Equal((envelope.CorrelationId, envelope.Id), (announced[1].CorrelationId, announced[1].CausationId));
    }

    private static List<EventEnvelope> OnOrders(EmulatorProcess kafka, Guid id) =>
        [.. Records.ReadAll(kafka.BootstrapServers, Topics.Orders.Name, Topics.Orders.Partitions)
            .Select(r => KafkaBinding.Read(r.Message).Envelope)
            .Where(e => e.Subject == id.ToString())];
}
