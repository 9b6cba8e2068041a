#if EVENTDRIVEN_HOSTING
namespace EventDriven.Hosting.Kafka.Settings;
#else
namespace EventDriven.Messaging.Kafka.Settings;
#endif

/// <summary>
/// Reads a connection string of Kafka as settings of librdkafka, by their names there. It may be addresses (<c>host:port,host:port</c>),
/// settings (<c>BootstrapServers=a:1;SecurityProtocol=SaslSsl;…</c> or <c>bootstrap.servers=a:1;security.protocol=SASL_SSL;…</c>),
/// the properties of a Java client with <c>sasl.jaas.config</c>, or what Azure Event Hubs shows. EventDriven.Hosting compiles this
/// folder, too, because an AppHost connects to the same servers.
/// </summary>
/// <remarks>No message shows a value, or the name of an unknown setting that follows a secret: it may be a part of that secret.</remarks>
internal static class KafkaConnectionString
{
    /// <summary>Addresses of brokers, by the name that librdkafka gives them.</summary>
    public const string Servers = "bootstrap.servers";

    /// <summary>The settings by their normal names, with normal values; empty for an empty text.</summary>
    /// <exception cref="InvalidOperationException">The text can't be read. The message names the setting and the remedy.</exception>
    public static IReadOnlyDictionary<string, string> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (string.IsNullOrWhiteSpace(text))
        {
            return new Dictionary<string, string>();
        }

        if (!text.Contains('=', StringComparison.Ordinal))
        {
            // A part of a password, such as one whose setting's name was forgotten, is no address.
            return text.Contains(';', StringComparison.Ordinal)
                ? throw new InvalidOperationException(
                    "The connection string of Kafka is neither host:port[,host:port] nor name=value;name=value.")
                : new Dictionary<string, string>(StringComparer.Ordinal) { [Servers] = text.Trim() };
        }

        var pairs = KeyValueText.Read(text);
        return EventHubs.Is(pairs) ? EventHubs.Settings(pairs, text.Trim()) : Settings(pairs);
    }

    private static Dictionary<string, string> Settings(IReadOnlyList<(string Name, string Value)> pairs)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        var (before, hasSecret) = ("", false);
        foreach (var (written, value) in pairs)
        {
            var name = KafkaSettingName.Normalize(written);
            if (!KafkaSettingName.IsKnown(name))
            {
                throw new InvalidOperationException(
                    $"Kafka's client has no setting {(hasSecret ? $"by the name after '{before}'" : $"'{written}'")} "
                    + "of the connection string. Write a setting of librdkafka, such as SaslUsername or sasl.username, and a value with "
                    + "';' in quotes.");
            }

            foreach (var (setting, normal) in Expand(name, value))
            {
                if (settings.TryGetValue(setting, out var other) && other != normal)
                {
                    throw new InvalidOperationException(
                        $"The connection string of Kafka sets '{setting}' twice, to different values: remove one.");
                }

                settings[setting] = normal;
            }

            before = name;
            hasSecret |= KafkaSettingName.IsSecret(name);
        }

        return settings;
    }

    /// <summary>What a setting means to librdkafka, which may be several of its own.</summary>
    /// <param name="name">Its normal name.</param>
    /// <param name="value">Its value as it is written.</param>
    /// <exception cref="InvalidOperationException">The value can't be read. The message names the setting and the remedy.</exception>
    public static IEnumerable<KeyValuePair<string, string>> Expand(string name, string value) => name == JaasConfig.Setting
        ? JaasConfig.Settings(value)
        : [KeyValuePair.Create(name, KafkaSettingValue.Normalize(name, value))];
}
