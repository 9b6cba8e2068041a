using EventDriven.Benchmarks.Consume;
using EventDriven.Benchmarks.Harness.Contestants;
using EventDriven.Benchmarks.Service;
using Microsoft.Extensions.DependencyInjection;

namespace EventDriven.Benchmarks.Scaling;

/// <summary>The product's consumer as several members of one group on one database.</summary>
internal sealed class ScalingOurs(Servers servers, int partitions, int instances) : IContestant
{
    public static readonly IReadOnlyList<(int Partitions, int Instances)> Points = [(1, 1), (2, 1), (4, 1), (2, 2), (4, 2), (4, 4)];

    public static string NameOf((int Partitions, int Instances) point) => $"{point.Partitions}x{point.Instances}";

    public async Task<Measurement> RunAsync(int events, CancellationToken cancellationToken)
    {
        var topic = await ConsumeWork.TopicAsync(servers, events, cancellationToken, partitions);
        var database = await servers.CreateDatabaseAsync($"scaling_{partitions}_{instances}", cancellationToken);
        await SalesDatabase.CreateAsync(database, cancellationToken);
        var progress = new ConsumeProgress();
        progress.Expect(events);
        var group = Servers.Unique("scaling");
        var services = new List<SalesService>();
        try
        {
            for (var i = 0; i < instances; i++)
            {
                services.Add(await SalesService.StartAsync(
                    servers,
                    database,
                    messaging => StoreSales.Consume(messaging, topic, group: group),
                    cancellationToken,
                    collection => collection.AddSingleton(progress)));
            }

            await progress.Done.WaitAsync(cancellationToken);
            var measured = progress.Stop();
            await ConsumeWork.VerifyAsync(database, events, events, cancellationToken);
            return measured;
        }
        finally
        {
            foreach (var service in services)
            {
                await service.DisposeAsync();
            }
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
