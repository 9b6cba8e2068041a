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
            using (over)
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
            }
        };
        return Task.CompletedTask;
    }

    public async Task<FaultEffect> EndAsync(CancellationToken cancellationToken)
    {
        string? failure = null;
        try
        {
            await _stopAsync().WaitAsync(cancellationToken);
        }
        catch (Exception exception)
        {
            failure = exception.Message;
        }

        // Whatever became of it: what it has taken is given back.
        var effect = await ClearAsync(cancellationToken);
        return failure is null || effect.IsSkipped ? effect : new FaultEffect(false, $"{failure} {effect.Note}");
    }

    /// <summary>Goes on until it is cancelled.</summary>
    protected abstract Task RunAsync(CancellationToken cancellationToken);

    /// <summary>Gives back what it has taken, and tells whether anybody noticed.</summary>
    protected abstract Task<FaultEffect> ClearAsync(CancellationToken cancellationToken);
}
