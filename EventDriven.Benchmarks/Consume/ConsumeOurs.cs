using EventDriven.Benchmarks.Harness.Contestants;
using EventDriven.Benchmarks.Service;
using Microsoft.Extensions.DependencyInjection;

namespace EventDriven.Benchmarks.Consume;

/// <summary>The product's consumer.</summary>
internal sealed class ConsumeOurs(Servers servers, ConsumeOurs.Kind kind) : IContestant
{
    /// <summary>How it is measured.</summary>
    internal enum Kind
    {
        /// <summary>An empty inbox; a handler of several events at once.</summary>
        Batches,

        /// <summary>An empty inbox; a handler of single events, which adds its row to the <c>DbContext</c>.</summary>
        OneByOne,

        /// <summary>An inbox that remembers millions of events; otherwise as <see cref="Batches"/>.</summary>
        FullInbox,
    }

    public async Task<Measurement> RunAsync(int events, CancellationToken cancellationToken)
    {
        var topic = await ConsumeWork.TopicAsync(servers, events, cancellationToken);
        var database = await servers.CreateDatabaseAsync("consume_ours", cancellationToken);
        await SalesDatabase.CreateAsync(database, cancellationToken);
        var before = kind == Kind.FullInbox ? FullInbox.Rows(events) : 0;
        if (before > 0)
        {
            await FullInbox.FillAsync(database, before, cancellationToken);
        }

        var progress = new ConsumeProgress();
        progress.Expect(events);
        await using var service = await SalesService.StartAsync(
            servers,
            database,
            messaging => StoreSales.Consume(messaging, topic, oneByOne: kind == Kind.OneByOne),
            cancellationToken,
            services => services.AddSingleton(progress));
        await progress.Done.WaitAsync(cancellationToken);
        var measured = progress.Stop();
        await ConsumeWork.VerifyAsync(database, events, before + events, cancellationToken);
        return measured;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
