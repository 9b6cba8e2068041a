using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace EventDriven.ControlRoom.TryIt;

/// <summary>Places the orders of one plan at a time.</summary>
internal sealed class OrderSender(ShopClient shop, TimeProvider time) : BackgroundService
{
    private const int AtOnce = 8;

    private readonly Channel<OrderPlan> _plans = Channel.CreateBounded<OrderPlan>(1);
    private readonly Lock _lock = new();
    private OrderRun? _run;
    private CancellationTokenSource? _stop;

    /// <summary>How far the latest plan is; null before the first one.</summary>
    public OrderRun? Run
    {
        get
        {
            lock (_lock)
            {
                return _run;
            }
        }
    }

    /// <summary>Begins with a plan; false while another one goes on.</summary>
    public bool TryBegin(OrderPlan plan)
    {
        lock (_lock)
        {
            if (_run is { IsRunning: true } || !_plans.Writer.TryWrite(plan))
            {
                return false;
            }

            _run = OrderRun.Begin(plan, time.GetUtcNow());
            return true;
        }
    }

    /// <summary>Ends the plan that goes on, after the orders that are under way.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            _stop?.Cancel();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var plan in _plans.Reader.ReadAllAsync(stoppingToken))
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            lock (_lock)
            {
                _stop = stop;
            }

            await SendAsync(plan, stop.Token, stoppingToken);
            lock (_lock)
            {
                _stop = null;
                _run = _run! with { EndedAt = time.GetUtcNow() };
            }
        }
    }

    private async Task SendAsync(OrderPlan plan, CancellationToken stop, CancellationToken stoppingToken)
    {
        try
        {
            var skus = await shop.SkusAsync(stop);
            await Parallel.ForEachAsync(
                TurnsAsync(plan, stop),
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken },
                async (_, cancellationToken) => await PlaceAsync(skus, cancellationToken));
        }
        catch (HttpRequestException exception)
        {
            Note(run => run.WithRefusal(exception.Message));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // By the button, or because the program stops.
        }
    }

    private async Task PlaceAsync(IReadOnlyList<string> skus, CancellationToken cancellationToken)
    {
        try
        {
            var order = await shop.PlaceAsync(skus, cancellationToken);
            Note(run => run.With(order));
        }
        catch (HttpRequestException exception)
        {
            Note(run => run.WithRefusal(exception.Message));
        }
    }

    // When each order's turn is. It ends when it is stopped.
    private async IAsyncEnumerable<int> TurnsAsync(OrderPlan plan, [EnumeratorCancellation] CancellationToken stop)
    {
        using var timer = plan.PerSecond is { } rate ? new PeriodicTimer(TimeSpan.FromSeconds(1) / rate, time) : null;
        for (var turn = 0; turn < plan.Count && !stop.IsCancellationRequested; turn++)
        {
            yield return turn;
            if (timer is not null)
            {
                await timer.WaitForNextTickAsync(stop);
            }
        }
    }

    private void Note(Func<OrderRun, OrderRun> change)
    {
        lock (_lock)
        {
            _run = change(_run!);
        }
    }
}
