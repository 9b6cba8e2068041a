using System.Collections.Concurrent;
using EventDriven.Contracts;
using EventDriven.Messaging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EventDriven.Tests.Application.Harness;

/// <summary>A consumer that is not part of the application, with a database of its own.</summary>
internal sealed class Newcomer : IAsyncDisposable
{
    private readonly IHost _host;

    private Newcomer(IHost host) => _host = host;

    public IEnumerable<Guid> Seen => _host.Services.GetRequiredService<Orders>().Ids.Keys;

    public static async Task<Newcomer> StartAsync(SystemUnderTest system, CancellationToken cancellationToken)
    {
        const string Group = "newcomer";
        return new Newcomer(await Guest.StartAsync(
            system,
            Group,
            await Guest.CreateDatabaseAsync(system, Group, cancellationToken),
            consumer => consumer.Subscribe(Topics.Orders).AddHandler<NoteOrder>(),
            cancellationToken,
            services => services.AddSingleton<Orders>()));
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
    }

    internal sealed class Orders
    {
        public ConcurrentDictionary<Guid, bool> Ids { get; } = [];
    }

    internal sealed class NoteOrder(Orders orders) : IEventHandler<PlacedOrder>
    {
        public Task HandleAsync(EventContext<PlacedOrder> context, CancellationToken cancellationToken)
        {
            context.OnCommitted(() => orders.Ids.TryAdd(context.Data.OrderId, true));
            return Task.CompletedTask;
        }
    }
}
