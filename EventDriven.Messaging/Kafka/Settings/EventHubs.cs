#if EVENTDRIVEN_HOSTING
namespace EventDriven.Hosting.Kafka.Settings;
#else
namespace EventDriven.Messaging.Kafka.Settings;
#endif

/// <summary>
/// The connection string that Azure Event Hubs shows: its Kafka endpoint takes the whole of it as the password of the user
/// <c>$ConnectionString</c> (https://learn.microsoft.com/azure/event-hubs/azure-event-hubs-apache-kafka-overview).
/// </summary>
internal static class EventHubs
{
    private const string Endpoint = "Endpoint";
    private const string Key = "SharedAccessKey";
    private const string Signature = "SharedAccessSignature";
    private const string Local = "UseDevelopmentEmulator";
    private const int Port = 9093;
    private const int LocalPort = 9092;

    private static readonly string[] Names =
        [Endpoint, "SharedAccessKeyName", Key, Signature, "EntityPath", Local];

    /// <summary>Whether this is such a connection string.</summary>
    public static bool Is(IReadOnlyList<(string Name, string Value)> pairs) => pairs.Any(pair => IsNamed(pair, Endpoint));

    /// <summary>The settings of librdkafka that reach the same Event Hubs.</summary>
    /// <param name="pairs">What the text consists of.</param>
    /// <param name="text">The whole text, which is the password.</param>
    /// <exception cref="InvalidOperationException">Something is missing, or doesn't belong there.</exception>
    public static IReadOnlyDictionary<string, string> Settings(IReadOnlyList<(string Name, string Value)> pairs, string text)
    {
        if (pairs.Any(pair => !Array.Exists(Names, name => IsNamed(pair, name))))
        {
            throw new InvalidOperationException(
                "The connection string of Event Hubs has a setting that doesn't belong to it: copy it as Azure shows it, and write "
                + "settings of the client to Messaging:Kafka.");
        }

        if (!pairs.Any(pair => (IsNamed(pair, Key) || IsNamed(pair, Signature)) && pair.Value.Length > 0))
        {
            throw new InvalidOperationException(
                "The connection string of Event Hubs has no SharedAccessKey: copy it as Azure shows it. For Entra ID, use the settings of "
                + "OAUTHBEARER instead.");
        }

        var isLocal = pairs.Any(pair => IsNamed(pair, Local) && pair.Value.Equals("true", StringComparison.OrdinalIgnoreCase));
        return Uri.TryCreate(pairs.First(pair => IsNamed(pair, Endpoint)).Value, UriKind.Absolute, out var address)
            && address is { Scheme: "sb", Host.Length: > 0 }
            ? new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [KafkaConnectionString.Servers] = $"{address.Host}:{(isLocal ? LocalPort : Port)}",
                ["security.protocol"] = isLocal ? "sasl_plaintext" : "sasl_ssl",
                ["sasl.mechanism"] = "PLAIN",
                ["sasl.username"] = "$ConnectionString",
                ["sasl.password"] = text,

                // It refuses every other compression.
                ["compression.type"] = "gzip",
            }
            : throw new InvalidOperationException(
                "The Endpoint of Event Hubs' connection string is no address such as sb://NAME.servicebus.windows.net/.");
    }

    private static bool IsNamed((string Name, string Value) pair, string name) =>
        pair.Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}
