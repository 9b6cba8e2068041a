using EventDriven.Contracts;
using EventDriven.Messaging;
using EventDriven.Tests.Messaging.Host;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;

namespace EventDriven.Tests.Application.Harness;

/// <summary>
/// A consumer that is not part of the application and writes down what happens to each order; of its two programs the second reads the
/// second version of the topic.
/// </summary>
internal sealed class OrderTrail : IAsyncDisposable
{
    public const string Group = "trail";

    private readonly IHost _host;
    private readonly string _database;

    private OrderTrail(IHost host, string database) => (_host, _database) = (host, database);

    /// <summary>The consumer as it was, with a new database.</summary>
    public static async Task<OrderTrail> StartAsync(SystemUnderTest system, CancellationToken cancellationToken)
    {
        var database = await Guest.CreateDatabaseAsync(system, Group, cancellationToken);
        return await StartAsync(
            system,
            database,
            consumer => consumer.Subscribe(Topics.Orders)
                .AddHandler<NotePlaced>().AddHandler<NoteConfirmed>().AddHandler<NoteCancelled>(),
            cancellationToken);
    }

    /// <summary>The consumer's next program, beside this one.</summary>
    public Task<OrderTrail> StartNextAsync(SystemUnderTest system, CancellationToken cancellationToken) =>
        StartAsync(
            system,
            _database,
            consumer => consumer.Subscribe("orders.v2")
                .AddHandler<NotePlacedNext>().AddHandler<NoteConfirmedNext>().AddHandler<NoteCancelledNext>(),
            cancellationToken);

    /// <summary>What happened to each order, in the order of its effects.</summary>
    public async Task<ILookup<string, Step>> StepsAsync()
    {
        await using var context = new TestDatabase(TestDatabaseOptions.For(_database));
        return (await context.Effects.OrderBy(effect => effect.Id).ToListAsync(TestContext.Current.CancellationToken))
            .ToLookup(effect => effect.Key, effect => (Step)effect.Number, StringComparer.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
    }

    private static async Task<OrderTrail> StartAsync(
        SystemUnderTest system, string database, Action<IConsumerBuilder> consume, CancellationToken cancellationToken) =>
        new(await Guest.StartAsync(system, Group, database, consume, cancellationToken), database);

    internal enum Step
    {
        Placed,
        Confirmed,
        Cancelled,
    }

    [Event("eventdriven.orders.order-placed.v1")]
    internal sealed record Placed(Guid OrderId, string Currency);

    [Event("eventdriven.orders.order-confirmed.v1")]
    internal sealed record Confirmed(Guid OrderId);

    [Event("eventdriven.orders.order-cancelled.v1")]
    internal sealed record Cancelled(Guid OrderId);

    [Event("eventdriven.orders.order-placed.v2")]
    internal sealed record PlacedNext(Guid OrderId, Money Total);

    internal sealed record Money(string Currency);

    [Event("eventdriven.orders.order-confirmed.v2")]
    internal sealed record ConfirmedNext(Guid OrderId);

    [Event("eventdriven.orders.order-cancelled.v2")]
    internal sealed record CancelledNext(Guid OrderId);

    internal sealed class NotePlaced(TestDatabase database) : Handler<Placed>(database, Step.Placed, e => e.OrderId);

    internal sealed class NoteConfirmed(TestDatabase database) : Handler<Confirmed>(database, Step.Confirmed, e => e.OrderId);

    internal sealed class NoteCancelled(TestDatabase database) : Handler<Cancelled>(database, Step.Cancelled, e => e.OrderId);

    internal sealed class NotePlacedNext(TestDatabase database) : Handler<PlacedNext>(database, Step.Placed, e => e.OrderId);

    internal sealed class NoteConfirmedNext(TestDatabase database) : Handler<ConfirmedNext>(database, Step.Confirmed, e => e.OrderId);

    internal sealed class NoteCancelledNext(TestDatabase database) : Handler<CancelledNext>(database, Step.Cancelled, e => e.OrderId);

    internal abstract class Handler<TEvent>(TestDatabase database, Step step, Func<TEvent, Guid> order) : IEventHandler<TEvent>
    {
        public async Task HandleAsync(EventContext<TEvent> context, CancellationToken cancellationToken)
        {
            database.Effects.Add(new Effect { Key = $"{order(context.Data)}", Number = (int)step });
            await database.SaveChangesAsync(cancellationToken);
        }
    }
}
