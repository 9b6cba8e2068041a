using EventDriven.Messaging.Failures;
using EventDriven.Messaging.Outbox.Writing;
using EventDriven.Messaging.Storage;
using EventDriven.Messaging.Storage.Schema;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EventDriven.Messaging.Hosting;

/// <summary>
/// Installs or upgrades the tables of messaging before anything of it starts. A database that is away keeps nobody from starting: it is
/// brought to this version when it answers.
/// </summary>
internal sealed partial class SchemaInstallation<TContext>(
    IServiceScopeFactory scopes,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<SchemaInstallation<TContext>> logger,
    PublishedEvents? published = null) : BackgroundService
    where TContext : DbContext
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly SchemaInstaller _installer = new(time, logger);
    private bool _isInstalled;

    /// <exception cref="InvalidOperationException">It can't be installed: the message says what an administrator has to run.</exception>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await TryInstallAsync(cancellationToken) is { } refusal)
        {
            throw new InvalidOperationException(refusal);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!_isInstalled)
        {
            await Task.Delay(RetryDelay, time, stoppingToken);
            if (await TryInstallAsync(stoppingToken) is { } refusal)
            {
                Log.Refused(logger, refusal);
                lifetime.StopApplication();
                throw new InvalidOperationException(refusal);
            }
        }
    }

    private async Task<string?> TryInstallAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await using var open = await OpenConnection.OfAsync(scope.ServiceProvider.GetRequiredService<TContext>(), cancellationToken);
            var refusal = await _installer.InstallAsync(open.Npgsql, published is not null, cancellationToken);
            _isInstalled = true;
            return refusal;
        }
        catch (Exception exception) when (Failure.IsOfServer(exception))
        {
            Log.Waiting(logger, exception.GetBaseException().Message, RetryDelay);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(140, LogLevel.Warning, "The schema 'messaging' can't be installed yet ({Reason}); trying again in {Delay}.")]
        public static partial void Waiting(ILogger logger, string reason, TimeSpan delay);

        [LoggerMessage(141, LogLevel.Critical, "{Refusal} Stopping.")]
        public static partial void Refused(ILogger logger, string refusal);
    }
}
