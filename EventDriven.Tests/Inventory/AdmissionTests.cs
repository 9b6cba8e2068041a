using System.Text.Json;
using Confluent.Kafka;
using EventDriven.Contracts;
using EventDriven.Contracts.Inventory;
using EventDriven.Messaging;
using EventDriven.Messaging.Events;
using EventDriven.Messaging.Operations.DeadLetters;
using EventDriven.Messaging.Storage.DeadLetters;
using EventDriven.Tests.Messaging.Host;
using EventDriven.Tests.Services;
using Inventory.Worker.Database;
using Inventory.Worker.Orders;
using Inventory.Worker.Reservations;
using Npgsql;

namespace EventDriven.Tests.Inventory;

/// <summary>Orders that nobody can have placed, on the log.</summary>
public sealed class AdmissionTests(Servers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_order_of_less_than_one_or_of_nothing_is_a_dead_letter_with_its_field_and_moves_no_stock()
    {
        var topic = await servers.CreateTopicAsync(3, Token);
        await using var inventory = await RunningService<InventoryDbContext>.StartAsync(
            servers,
            messaging => messaging
                .Publishes<StockReserved>(topic, key: e => e.OrderId)
                .Publishes<StockRejected>(topic, key: e => e.OrderId)
                .AddConsumer($"inventory-{topic}", consumer => consumer
                    .Subscribe(topic)
                    .AddHandler<ReserveStock>()),
            builder => builder.AddReservations());
        (Guid Order, (string, int)[] Lines, string? Reason)[] orders =
        [
            (Orders.NewId(), [("mug-blue", -5)], "The data is not an OrderPlaced: lines[0].quantity must be between 1 and 10000."),
            (Orders.NewId(), [("mug-blue", 1), ("pot-iron", 0)], "The data is not an OrderPlaced: lines[1].quantity must be "
                + "between 1 and 10000."),
            (Orders.NewId(), [], "The data is not an OrderPlaced: lines must have a length of 1 to 100."),
            (Orders.NewId(), [("mug-blue", 2)], null),
        ];

        await Records.ProduceAsync(servers.Kafka, topic, orders.Select(order => Placed(order.Order, order.Lines)), Token);

        await Eventually.TrueAsync(async () => (await inventory.QueryAsync("SELECT order_id FROM reservations")).Count == 1);
        await using var database = new NpgsqlConnection(inventory.ConnectionString);
        await database.OpenAsync(Token);
        var letters = await Eventually.GetAsync(
            () => new DeadLetterAdmin(database).ListAsync(new DeadLetterFilter(), includeResolved: false, 10, Token),
            found => found.Count == 3);
        Assert.All(letters, letter => Assert.Equal((DeadLetterReason.Unreadable, 1), (letter.Reason, letter.Attempts)));
        Assert.Equal(
            orders.Where(order => order.Reason is not null).Select(order => (order.Order.ToString(), order.Reason)).Order(),
            letters.Select(letter => (letter.Key!, letter.ErrorMessage)).Order());
        Assert.Equal(["mug-blue 998 2"], await inventory.QueryAsync("SELECT concat_ws(' ', sku, available, reserved) FROM stock WHERE "
            + "reserved <> 0 OR available > 1000"));
    }

    private static Message<byte[], byte[]> Placed(Guid order, (string Sku, int Quantity)[] lines) => KafkaBinding.Write(
        new EventEnvelope
        {
            Id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString(),
            Source = "/test",
            Type = EventTypes.OrderPlaced,
            Subject = order.ToString(),
            Time = Orders.PlacedAt,
            CorrelationId = "test",
            CausationId = "test",
        },
        JsonSerializer.SerializeToUtf8Bytes(Orders.Placed(order, lines), ContractsJson.Default.OrderPlaced));
}
