namespace EventDriven.Chaos.Faults;

/// <summary>A fault that keeps doing something until its end.</summary>
internal abstract class BackgroundFault : IFault
{
    private Func<Task> _stopAsync = () => Task.CompletedTask;

    public Task BeginAsync(CancellationToken cancellationToken)
    {
        var over = new CancellationTokenSource();
        var running = RunAsync(over.Token);
        _stopAsync = async () =>
        {
            await over.CancelAsync();
            try
            {
                await running;
            }
            catch (OperationCanceledException)
            {
                // It was told to end.
            }

            over.Dispose();
        };
        return Task.CompletedTask;
    }

    public async Task<FaultEffect> EndAsync(CancellationToken cancellationToken)
    {
        await _stopAsync().WaitAsync(cancellationToken);
        return await ClearAsync(cancellationToken);
    }

    /// <summary>Goes on until it is cancelled.</summary>
    protected abstract Task RunAsync(CancellationToken cancellationToken);

    /// <summary>Gives back what it has taken, and tells whether anybody noticed.</summary>
    protected abstract Task<FaultEffect> ClearAsync(CancellationToken cancellationToken);
}
