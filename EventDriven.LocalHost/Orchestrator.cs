namespace EventDriven.LocalHost;

/// <summary>Starts resources as soon as what they depend on is ready, and stops them as soon as nothing depends on them any more.</summary>
internal static class Orchestrator
{
    /// <exception cref="LocalApplicationException">A resource didn't get ready; the others were given up.</exception>
    public static async Task StartAsync(IReadOnlyList<LocalResource> resources, CancellationToken cancellationToken)
    {
        using var givenUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var starts = new Dictionary<LocalResource, Task>();
        foreach (var resource in resources)
        {
            starts[resource] = StartOneAsync(resource, [.. resource.DependsOn.Select(dependency => starts[dependency])], givenUp);
        }

        // All of them are waited for, so that nothing starts any more when this returns. A failure is the cause; cancellations follow from it.
        Task? cause = null;
        await foreach (var start in Task.WhenEach(starts.Values))
        {
            if (start.IsFaulted || (start.IsCanceled && cause is null))
            {
                cause = cause is { IsFaulted: true } ? cause : start;
            }
        }

        await (cause ?? Task.CompletedTask);
    }

    /// <summary>Never throws: what can't be stopped in order is killed, and the others are stopped all the same.</summary>
    public static Task StopAsync(IReadOnlyList<LocalResource> resources)
    {
        var stops = new Dictionary<LocalResource, Task>();
        foreach (var resource in resources.Reverse())
        {
            stops[resource] = StopOneAsync(resource, [.. stops.Where(stop => stop.Key.DependsOn.Contains(resource)).Select(stop => stop.Value)]);
        }

        return Task.WhenAll(stops.Values);
    }

    private static async Task StartOneAsync(LocalResource resource, IReadOnlyList<Task> dependencies, CancellationTokenSource givenUp)
    {
        try
        {
            await Task.WhenAll(dependencies);
            await resource.StartAsync(givenUp.Token);
        }
        catch
        {
            await givenUp.CancelAsync();
            throw;
        }
    }

    private static async Task StopOneAsync(LocalResource resource, IReadOnlyList<Task> dependents)
    {
        await Task.WhenAll(dependents);
        await resource.StopAsync();
    }
}
