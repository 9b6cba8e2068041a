using Confluent.Kafka;
using EventDriven.Hosting.Kafka.Settings;

namespace EventDriven.Hosting.Kafka;

/// <summary>Makes the AppHost's own clients of Kafka, from the connection string that services get.</summary>
internal static class KafkaClient
{
    /// <summary>A client that asks about the cluster. It logs nothing: a broker that isn't up yet is expected.</summary>
    /// <param name="connectionString">The connection string.</param>
    /// <param name="onError">Is told, on a thread of the client's, why a connection can't be made.</param>
    /// <exception cref="HostingException">The connection string can't be used. The message shows no secret.</exception>
    public static IAdminClient Admin(string connectionString, Action<Error>? onError = null)
    {
        var config = new AdminClientConfig { LogConnectionClose = false };
        foreach (var (name, value) in Settings(connectionString))
        {
            config.Set(name, value);
        }

        return new AdminClientBuilder(config).SetLogHandler((_, _) => { }).SetErrorHandler((_, error) => onError?.Invoke(error)).Build();
    }

    /// <summary>Checks a connection string of the configuration, so that a mistake is told before anything starts.</summary>
    /// <exception cref="HostingException">It can't be used. The message names it, and shows no secret.</exception>
    public static void Check(string name, string connectionString)
    {
        try
        {
            Settings(connectionString);
        }
        catch (HostingException exception)
        {
            throw new HostingException($"ConnectionStrings:{name}: {exception.Message}", exception);
        }
    }

    private static Dictionary<string, string> Settings(string connectionString)
    {
        try
        {
            var settings = new Dictionary<string, string>(KafkaConnectionString.Parse(connectionString), StringComparer.Ordinal);
            KafkaGuarantees.Check(settings.Keys);
            if (!settings.ContainsKey(KafkaConnectionString.Servers))
            {
                throw new HostingException("It has no BootstrapServers: set it to host:port[,host:port].");
            }

            foreach (var (name, value) in KafkaSecurity.Implied(settings))
            {
                settings.Add(name, value);
            }

            var mistakes = new KafkaSecurity(settings).Mistakes().ToList();
            return mistakes.Count == 0 ? settings : throw new HostingException(string.Join(Environment.NewLine, mistakes));
        }
        catch (InvalidOperationException exception)
        {
            throw new HostingException(exception.Message, exception);
        }
    }
}
