using EventDriven.Benchmarks.Consume;
using EventDriven.Benchmarks.Harness.Contestants;
using EventDriven.Benchmarks.Service;
using EventDriven.Messaging;
using Microsoft.Extensions.DependencyInjection;

namespace EventDriven.Benchmarks.Lanes;

/// <summary>The product's consumer, with inbox and transactions.</summary>
internal sealed class LanesOurs(Servers servers) : IContestant
{
    public async Task<Measurement> RunAsync(int events, CancellationToken cancellationToken)
    {
        LanesWork.PrepareThreads();
        var topic = await LanesWork.TopicAsync(servers, events, cancellationToken);
        var database = await servers.CreateDatabaseAsync("lanes_ours", cancellationToken);
        await SalesDatabase.CreateAsync(database, cancellationToken);
        var progress = new ConsumeProgress();
        progress.Expect(events);
        await using var service = await SalesService.StartAsync(
            servers,
            database,
            messaging => messaging.AddConsumer(
                Servers.Unique("lanes"), consumer => consumer.Subscribe(topic).AddHandler<Wait>()),
            cancellationToken,
            services => services.AddSingleton(progress));
        await progress.Done.WaitAsync(cancellationToken);
        return progress.Stop();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class Wait(ConsumeProgress progress) : IEventHandler<SaleRecorded>
    {
        public Task HandleAsync(EventContext<SaleRecorded> context, CancellationToken cancellationToken)
        {
            progress.Started();
            context.OnCommitted(() => progress.Committed(1));
            LanesWork.Work(context.Delivery.Offset, cancellationToken);
            return Task.CompletedTask;
        }
    }
}
