using Microsoft.Extensions.Hosting;

namespace EventDriven.Messaging.Hosting;

/// <summary>Stops the start of a service that can't work, and reports all mistakes at once.</summary>
internal sealed class StartChecks(IEnumerable<IStartCheck> checks) : IHostedService
{
    /// <exception cref="InvalidOperationException">There is a mistake. The message says how to correct it.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var wrong = checks.SelectMany(check => check.Find()).ToList();
        return wrong.Count == 0 ? Task.CompletedTask : throw new InvalidOperationException(string.Join(Environment.NewLine, wrong));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
