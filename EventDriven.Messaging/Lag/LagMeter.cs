using System.Data.Common;
using Confluent.Kafka;
using EventDriven.Messaging.Consuming;
using EventDriven.Messaging.Failures;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Storage;
using EventDriven.Messaging.Storage.Groups;
using EventDriven.Messaging.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EventDriven.Messaging.Lag;

/// <summary>Measures the lag of the service's groups periodically and on request. Each instance measures the whole group.</summary>
internal sealed partial class LagMeter(
    IEnumerable<ConsumerGroup> groups,
    IServiceScopeFactory scopes,
    Func<IServiceProvider, DbContext> database,
    KafkaAdmin admin,
    LagReader reader,
    MessagingGauges gauges,
    TimeProvider time,
    IOptions<MessagingOptions> options,
    ILogger<LagMeter> logger) : BackgroundService, IConsumerLag
{
    // A request within this time of the last measurement gets the same answer.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    // The timeouts of unanswered requests are shorter.
    private static readonly TimeSpan StopBound = TimeSpan.FromMinutes(1);

    private readonly HashSet<string> _own = groups.Select(group => group.Name).ToHashSet(StringComparer.Ordinal);
    private readonly SemaphoreSlim _one = new(1, 1);
    private long? _measured;
    private bool _failing;
    private bool _isDisposed;

    /// <summary>The lag of the service's groups, at most about a second old.</summary>
    /// <exception cref="KafkaException">The broker can't be reached, or refuses.</exception>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<IReadOnlyCollection<GroupLag>> NowAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (_measured is not { } measured || time.GetElapsedTime(measured) > Fresh)
            {
                await MeasureAsync(cancellationToken);
                _measured = time.GetTimestamp();
            }

            return [.. gauges.Lag.Values];
        }
        finally
        {
            _one.Release();
        }
    }

    public async Task<IReadOnlyList<LagAnswer>?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var lags = await NowAsync(cancellationToken);
            return [.. lags.Select(lag => LagAnswer.Of(lag, time.GetUtcNow()))];
        }
        catch (Exception exception) when (Failure.IsOfServer(exception))
        {
            return null;
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;

        // If a measurement still runs when the stop's time is up, its clients must not be disposed of: they end with the process.
        if (_one.Wait(StopBound))
        {
            reader.Dispose();
            admin.Dispose();
            _one.Dispose();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Lag.PollInterval, time);
        do
        {
            try
            {
                await NowAsync(stoppingToken);
                _failing = false;
            }
            catch (Exception exception) when (Failure.IsOfServer(exception))
            {
                // Logged once an outage; other components report it as well.
                if (!_failing)
                {
                    Log.Failed(logger, exception);
                }

                _failing = true;
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task MeasureAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var open = await OpenConnection.OfAsync(database(scope.ServiceProvider), cancellationToken);
        try
        {
            foreach (var group in await RegisteredGroup.ListAsync(open.Npgsql, cancellationToken))
            {
                if (_own.Contains(group.Name))
                {
                    gauges.Measured(await reader.ReadAsync(admin, open.Npgsql, group, cancellationToken));
                }
            }
        }
        catch (KafkaException exception) when (Failure.IsOutage(exception) || exception.Error.Code == ErrorCode.Local_Partial)
        {
            admin.Renew();
            throw;
        }
        finally
        {
            admin.Rest();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(380, LogLevel.Warning, "Lag could not be measured. Metrics and health show the last figures: their ages keep "
            + "growing, and newer events are not counted.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
