using System.Collections.Frozen;
using System.Text;
using Confluent.Kafka;

#if EVENTDRIVEN_HOSTING
namespace EventDriven.Hosting.Kafka.Settings;
#else
namespace EventDriven.Messaging.Kafka.Settings;
#endif

/// <summary>Names of settings: librdkafka's own (<c>sasl.username</c>), and those of the .NET client (<c>SaslUsername</c>).</summary>
internal static class KafkaSettingName
{
    // What librdkafka and Java clients call the same.
    private static readonly Dictionary<string, string> Aliases = new(StringComparer.Ordinal)
    {
        ["sasl.mechanisms"] = "sasl.mechanism",
        ["metadata.broker.list"] = KafkaConnectionString.Servers,
        ["sasl.oauthbearer.client.credentials.client.id"] = "sasl.oauthbearer.client.id",
        ["sasl.oauthbearer.client.credentials.client.secret"] = "sasl.oauthbearer.client.secret",
    };

    private static readonly FrozenSet<string> Known = new[]
        {
            typeof(ClientConfig).GetProperties(), typeof(ConsumerConfig).GetProperties(), typeof(ProducerConfig).GetProperties(),
        }
        .SelectMany(properties => properties.Select(property => Dotted(property.Name)))
        .Concat(KafkaGuarantees.Names)
        .Append(JaasConfig.Setting)
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The name as librdkafka writes it, in small letters with dots. It need not exist.</summary>
    public static string Normalize(string name)
    {
        var dotted = name.Contains('.', StringComparison.Ordinal) || name.Length == 0 || !char.IsUpper(name[0])
            ? name.ToLowerInvariant()
            : Dotted(name);

        // A shell exports no variable with a dot in its name, and no setting has an underscore.
        dotted = dotted.Replace('_', '.');
        return Aliases.GetValueOrDefault(dotted, dotted);
    }

    /// <summary>Whether the client has a setting by this normal name.</summary>
    public static bool IsKnown(string name) => Known.Contains(name) || name.StartsWith("dotnet.", StringComparison.Ordinal);

    /// <summary>Whether nobody may see the value of the setting by this normal name.</summary>
    public static bool IsSecret(string name) =>
        name.Contains("password", StringComparison.Ordinal) || name.Contains("secret", StringComparison.Ordinal)
        || name.Contains("pem", StringComparison.Ordinal) || name.EndsWith("private.key", StringComparison.Ordinal)
        || name.EndsWith("passphrase", StringComparison.Ordinal) || name is JaasConfig.Setting or "sasl.oauthbearer.config";

    private static string Dotted(string name)
    {
        var dotted = new StringBuilder(name.Length + 8);
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && dotted.Length > 0 && dotted[^1] is not ('.' or '_'))
            {
                dotted.Append('.');
            }

            dotted.Append(char.ToLowerInvariant(letter));
        }

        return dotted.ToString();
    }
}
