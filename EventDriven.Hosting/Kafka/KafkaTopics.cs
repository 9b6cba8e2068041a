using Confluent.Kafka;
using Confluent.Kafka.Admin;
using EventDriven.Hosting.Kafka.Settings;

namespace EventDriven.Hosting.Kafka;

/// <summary>Creates the topics that an application needs.</summary>
internal static class KafkaTopics
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    /// <summary>Whether the broker has all of them; creates those that it lacks.</summary>
    /// <exception cref="HostingException">The broker refuses the login, the certificates or the right.</exception>
    public static async Task<bool> ExistAsync(
        string connectionString, IReadOnlyList<KafkaTopic> topics, CancellationToken cancellationToken)
    {
        Error? refusal = null;
        using var admin = KafkaClient.Admin(connectionString, error =>
        {
            if (RefusalCodes.IsOfConnection(error.Code))
            {
                Volatile.Write(ref refusal, error);
            }
        });
        try
        {
            var known = await Task.Run(() => admin.GetMetadata(Timeout), cancellationToken);
            var missing = topics.Where(topic => !known.Topics.Exists(other => other.Topic == topic.Name)).ToList();
            if (missing.Count > 0)
            {
                await admin.CreateTopicsAsync(
                    missing.Select(topic => new TopicSpecification { Name = topic.Name, NumPartitions = topic.Partitions }),
                    new CreateTopicsOptions { RequestTimeout = Timeout }).WaitAsync(cancellationToken);
            }

            return missing.Count == 0;
        }
        catch (CreateTopicsException exception)
            when (exception.Results.Find(result => RefusalCodes.IsOfRight(result.Error.Code)) is { } refused)
        {
            throw new HostingException(
                $"Kafka doesn't let this user create the topic {refused.Topic} ({refused.Error.Reason}). Create it, or grant the right to.",
                exception);
        }
        catch (KafkaException exception) when (Volatile.Read(ref refusal) is { } error)
        {
            // A broker that is starting behind a proxy may end a TLS handshake, too.
            throw new HostingException(
                $"Kafka refuses the connection ({error.Reason}). If that lasts, correct user, password or certificates in the connection "
                + "string.",
                exception);
        }
        catch (KafkaException)
        {
            // It isn't up yet, or another has created them meanwhile: the next check sees.
            return false;
        }
    }
}
