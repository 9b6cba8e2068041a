using System.Collections.Concurrent;
using EventDriven.Chaos.Histories;

namespace EventDriven.Chaos.Load;

/// <summary>Requests at a steady rate, whatever becomes of those before, while there are not too many under way.</summary>
internal sealed class LoadRun(Client client, Requests requests, TimeProvider time)
{
    private const int MostUnderWay = 200;
    private const int AtOnce = 16;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentQueue<ClientRequest> _unanswered = [];
    private int _open;

    /// <summary>Requests whose clients don't know what became of them, also those that are being sent again.</summary>
    public int Unanswered => Volatile.Read(ref _open);

    /// <summary>Says what is in stock.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        foreach (var stock in Requests.Stock())
        {
            var answer = await client.SendAsync(stock, stock.Kind, cancellationToken);
            if (answer.Operation.Outcome != Outcome.Ok)
            {
                throw new InvalidOperationException($"{stock.Path} was answered with {answer.Operation.Status} before any fault.");
            }
        }
    }

    /// <summary>Sends requests until it is told to end, and waits for their answers.</summary>
    public Task RunAsync(int perSecond, CancellationToken ending, CancellationToken cancellationToken) =>
        RunAsync(() => perSecond, ending, cancellationToken);

    /// <summary>The same at a rate that changes.</summary>
    public async Task RunAsync(Func<int> perSecond, CancellationToken ending, CancellationToken cancellationToken)
    {
        var underWay = new List<Task>();
        var rate = perSecond();
        using var tick = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / rate), time);
        try
        {
            while (await tick.WaitForNextTickAsync(ending))
            {
                if (perSecond() is var next && next != rate)
                {
                    (rate, tick.Period) = (next, TimeSpan.FromSeconds(1.0 / next));
                }

                underWay.RemoveAll(sent => sent.IsCompletedSuccessfully);
                if (underWay.Count < MostUnderWay)
                {
                    var (request, kind) = requests.Next();
                    underWay.Add(SendAsync(request, kind, cancellationToken));
                }
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // It is over.
        }

        await Task.WhenAll(underWay);
    }

    /// <summary>Sends what is not known of again, as a client does, until it is known or time is up.</summary>
    public async Task RepeatAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => RepeatSomeAsync(cancellationToken)));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // What is left stays unknown.
        }
    }

    private async Task RepeatSomeAsync(CancellationToken cancellationToken)
    {
        while (_unanswered.TryDequeue(out var request))
        {
            var answer = await client.SendAsync(request, request.Again, cancellationToken);
            if (answer.IsFinal)
            {
                Interlocked.Decrement(ref _open);
                continue;
            }

            _unanswered.Enqueue(request);
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private async Task SendAsync(ClientRequest request, OperationKind kind, CancellationToken cancellationToken)
    {
        var answer = await client.SendAsync(request, kind, cancellationToken);
        requests.Note(answer);
        if (answer.Operation.Outcome == Outcome.Unknown)
        {
            Interlocked.Increment(ref _open);
            _unanswered.Enqueue(request);
        }
    }
}
