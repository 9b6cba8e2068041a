using Confluent.Kafka;

namespace EventDriven.Messaging.Kafka;

/// <summary>
/// Gives a client its bootstrap servers again after errors. While a broker starts, it briefly answers that there are topics but no brokers.
/// librdkafka (2.10 to 2.16) then forgets every broker, the bootstrap servers included, and never connects again
/// (https://github.com/confluentinc/librdkafka/issues/5301; ADR 0021). The client reports the outage before that and nothing afterwards, so
/// it is reminded several times once it has been quiet for a while. A client that is connected merely opens one more connection until it
/// learns of the brokers again.
/// </summary>
/// <param name="bootstrapServers">The bootstrap servers that the client was created with.</param>
/// <param name="time">Measures the quiet time.</param>
internal sealed class BootstrapReminder(string bootstrapServers, TimeProvider time) : IDisposable
{
    /// <summary>Number of reminders after the client's last error.</summary>
    public const int Times = 4;

    /// <summary>Time from the last error to the first reminder; each further interval is twice as long.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private ITimer? _timer;
    private int _reminded;
    private bool _isDisposed;

    /// <summary>Records that the client reported an error. Any thread may call it.</summary>
    public void ErrorOf(IClient client)
    {
        lock (_lock)
        {
            if (!_isDisposed)
            {
                _reminded = 0;
                _timer ??= time.CreateTimer(_ => Remind(client), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                _timer.Change(Quiet, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>Stops the reminders. Call it before the client is disposed of, and wait until it returns.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _timer?.Dispose();
        }
    }

    private void Remind(IClient client)
    {
        lock (_lock)
        {
            if (_isDisposed)
            {
                return;
            }

            try
            {
                client.AddBrokers(bootstrapServers);
            }
            catch (ObjectDisposedException)
            {
                // Thrown, for example, for the producer of a host that failed to start and therefore never stopped the reminders.
                return;
            }

            if (++_reminded < Times)
            {
                _timer?.Change(Quiet * Math.Pow(2, _reminded), Timeout.InfiniteTimeSpan);
            }
        }
    }
}
