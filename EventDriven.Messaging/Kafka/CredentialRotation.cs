using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace EventDriven.Messaging.Kafka;

/// <summary>
/// Gives the clients of Kafka a user name and a password that change in the configuration, for their next connection. Other settings need
/// a restart, which is told.
/// </summary>
/// <param name="kafka">The settings that the clients have.</param>
/// <param name="configuration">Is reloaded when a file of it changes.</param>
/// <param name="logger">Is told what changed, without any value.</param>
internal sealed partial class CredentialRotation(
    KafkaSettings kafka, IConfiguration configuration, ILogger<CredentialRotation> logger)
    : IHostedService, IDisposable
{
    private IDisposable? _following;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _following = ChangeToken.OnChange(configuration.GetReloadToken, Renew);

        // What has changed since the settings were read.
        Renew();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _following?.Dispose();

    private void Renew()
    {
        try
        {
            var (isRenewed, needRestart) = kafka.Renew(kafka.ReadAgain(configuration));
            if (isRenewed)
            {
                Log.Renewed(logger);
            }

            if (needRestart.Count > 0)
            {
                Log.NeedsRestart(logger, string.Join(", ", needRestart));
            }
        }
        catch (InvalidOperationException exception)
        {
            Log.Refused(logger, exception.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(153, LogLevel.Information, "Kafka's credentials have changed in the configuration: the next connections use them.")]
        public static partial void Renewed(ILogger logger);

        [LoggerMessage(154, LogLevel.Warning, "Kafka's settings {Settings} have changed in the configuration: restart the service to use "
            + "them.")]
        public static partial void NeedsRestart(ILogger logger, string settings);

        [LoggerMessage(155, LogLevel.Error, "The changed configuration of Kafka is not used: {Refusal}")]
        public static partial void Refused(ILogger logger, string refusal);
    }
}
