using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using EventDriven.Contracts;
using EventDriven.Contracts.Customers;
using EventDriven.Contracts.Inventory;
using EventDriven.Contracts.Orders;
using EventDriven.Contracts.Payments;
using EventDriven.Messaging;
using EventDriven.Messaging.Events;
using EventDriven.Messaging.Outbox.Relaying;
using EventDriven.Tests.Services;

namespace EventDriven.Tests.Analytics;

/// <summary>Writes the facts of orders to a topic, as their services would.</summary>
internal sealed class OrderLog : IDisposable
{
    private readonly string _topic;
    private readonly IProducer<byte[], byte[]> _producer;
    private readonly ConcurrentQueue<Error> _refused = new();

    public OrderLog(string kafka, string topic)
    {
        var config = new ProducerConfig { BootstrapServers = kafka };
        OutboxProducer.Configure(config);
        (_topic, _producer) = (topic, new ProducerBuilder<byte[], byte[]>(config).Build());
    }

    /// <summary>Events written so far that can be read, those that were written twice once.</summary>
    public int Events { get; private set; }

    /// <summary>An order with all that follows, some of it twice.</summary>
    public void Order(Guid order, int number)
    {
        var eventId = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        var placed = Orders.Placed(order, ($"sku-{number % 7}", 1 + (number % 3)), ("mug-blue", 1));
        Send(EventTypes.OrderPlaced, order, placed, eventId);
        Send(EventTypes.StockReserved, order, new StockReserved(order, [], Orders.PlacedAt.AddSeconds(number % 60)));
        if (number % 5 != 0)
        {
            Send(EventTypes.OrderConfirmed, order, new OrderConfirmed(order, Orders.PlacedAt.AddSeconds(1 + (number % 60))));
            Send(EventTypes.PaymentCaptured, order,
                new PaymentCaptured(order, "first", placed.Total, "EUR", Orders.PlacedAt.AddMinutes(number % 30)));
        }
        else
        {
            if (number % 2 == 1)
            {
                Send(EventTypes.PaymentCaptured, order,
                    new PaymentCaptured(order, "first", placed.Total, "EUR", Orders.PlacedAt.AddMinutes(number % 30)));
                Send(EventTypes.PaymentRefunded, order,
                    new PaymentRefunded(order, "first", placed.Total, "EUR", "order-cancelled", Orders.PlacedAt.AddHours(1)));
            }

            Send(EventTypes.OrderCancelled, order, Orders.Cancelled(order));
        }

        if (number % 10 == 0)
        {
            Send(EventTypes.OrderPlaced, order, placed, eventId);
            Events--;
            Send(EventTypes.UserSignedUp, order, new UserSignedUp(order, "new@customers.example", "New", Orders.PlacedAt));
        }
    }

    /// <summary>An order that no service can read: its total is no number.</summary>
    public void Unreadable(Guid order) => Send(EventTypes.OrderPlaced, order, Encoding.UTF8.GetBytes("""{ "total": "a lot" }"""));

    public void Cancel(Guid order) => Send(EventTypes.OrderCancelled, order, Orders.Cancelled(order));

    /// <summary>Returns when the broker has stored everything.</summary>
    public void Flush()
    {
        Assert.Equal(0, _producer.Flush(TimeSpan.FromSeconds(30)));
        Assert.Empty(_refused);
    }

    public void Dispose() => _producer.Dispose();

    private void Send(string type, Guid key, object data, Guid? eventId = null)
    {
        Events++;
        Send(type, key, JsonSerializer.SerializeToUtf8Bytes(data, data.GetType(), ContractsJson.Default), eventId);
    }

    private void Send(string type, Guid key, byte[] data, Guid? eventId = null)
    {
        var record = KafkaBinding.Write(
            new EventEnvelope
            {
                Id = (eventId ?? Guid.CreateVersion7(TimeProvider.System.GetUtcNow())).ToString(),
                Source = "/test",
                Type = type,
                Subject = key.ToString(),
                Time = Orders.PlacedAt,
                CorrelationId = "test",
                CausationId = "test",
            },
            data);
        _producer.Produce(_topic, record, report =>
        {
            if (report.Error.IsError)
            {
                _refused.Enqueue(report.Error);
            }
        });
    }
}
