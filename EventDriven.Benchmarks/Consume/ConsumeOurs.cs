using EventDriven.Benchmarks.Harness.Contestants;
using EventDriven.Benchmarks.Service;
using Microsoft.Extensions.DependencyInjection;

namespace EventDriven.Benchmarks.Consume;

/// <summary>The product's consumer.</summary>
internal sealed class ConsumeOurs(Servers servers) : IContestant
{
    public static Task<IContestant> CreateAsync(Servers servers) => Task.FromResult<IContestant>(new ConsumeOurs(servers));

    public async Task<Measurement> RunAsync(int events, CancellationToken cancellationToken)
    {
        var topic = await ConsumeWork.TopicAsync(servers, events, cancellationToken);
        var database = await servers.CreateDatabaseAsync("consume_ours", cancellationToken);
        await SalesDatabase.CreateAsync(database, cancellationToken);
        var progress = new ConsumeProgress();
        progress.Expect(events);
        await using var service = await SalesService.StartAsync(
            servers, database, messaging => StoreSales.Consume(messaging, topic), cancellationToken, services => services.AddSingleton(progress));
        await progress.Done.WaitAsync(cancellationToken);
        var measured = progress.Stop();
        await ConsumeWork.VerifyAsync(database, events, cancellationToken);
        return measured;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
