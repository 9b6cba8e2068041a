using Confluent.Kafka;

namespace EventDriven.Messaging.Kafka;

/// <summary>
/// Tells a client the bootstrap servers again after errors. A broker that starts answers for a moment that there are topics, and no brokers; librdkafka
/// (2.10 to 2.16) then forgets all that it knows, the bootstrap servers too, and stays alone for ever
/// (https://github.com/confluentinc/librdkafka/issues/5301; ADR 0021). That comes after an outage, which the client has told of, and nothing comes after it: so it is
/// reminded when it has been quiet for a while, and some more times. A client that is connected at most opens a connection more, until it hears of the
/// brokers again.
/// </summary>
/// <param name="bootstrapServers">What it was made with.</param>
/// <param name="time">Measures the while.</param>
internal sealed class BootstrapReminder(string bootstrapServers, TimeProvider time) : IDisposable
{
    /// <summary>How often it is reminded after its last error.</summary>
    public const int Times = 4;

    /// <summary>Time from the last error to the first reminder; each further one takes twice as long as the one before.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private ITimer? _timer;
    private int _reminded;
    private bool _isDisposed;

    /// <summary>The client has told of an error. Any thread may say so.</summary>
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

    /// <summary>Reminds no more; to be called before the client is disposed of, which must not happen meanwhile.</summary>
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
                // Such as a producer of a host that has failed to start, and so never says that it stops.
                return;
            }

            if (++_reminded < Times)
            {
                _timer?.Change(Quiet * Math.Pow(2, _reminded), Timeout.InfiniteTimeSpan);
            }
        }
    }
}
