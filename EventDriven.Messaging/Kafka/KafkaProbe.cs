using Confluent.Kafka;

namespace EventDriven.Messaging.Kafka;

/// <summary>Asks whether a broker answers, with a client that is kept for the next time.</summary>
internal sealed class KafkaProbe(KafkaSettings settings) : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly KafkaAdmin _admin = KafkaAdmin.Open(settings);

    /// <summary>Returns when a broker has answered. One caller at a time; the client is not for concurrent use.</summary>
    /// <exception cref="KafkaException">None answers.</exception>
    public void Ask()
    {
        lock (_lock)
        {
            try
            {
                _admin.Client.GetMetadata(Timeout);
                _admin.Rest();
            }
            catch (KafkaException)
            {
                _admin.Renew();
                throw;
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _admin.Dispose();
        }
    }
}
