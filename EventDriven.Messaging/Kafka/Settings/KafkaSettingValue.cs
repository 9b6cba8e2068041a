#if EVENTDRIVEN_HOSTING
namespace EventDriven.Hosting.Kafka.Settings;
#else
namespace EventDriven.Messaging.Kafka.Settings;
#endif

/// <summary>Values of settings that .NET and Java clients write differently from librdkafka.</summary>
internal static class KafkaSettingValue
{
    private static readonly Dictionary<string, string[]> Choices = new(StringComparer.Ordinal)
    {
        ["security.protocol"] = ["plaintext", "ssl", "sasl_plaintext", "sasl_ssl"],
        ["sasl.mechanism"] = ["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", "OAUTHBEARER", "GSSAPI"],
        ["ssl.endpoint.identification.algorithm"] = ["https", "none"],
        ["sasl.oauthbearer.method"] = ["oidc", "default"],
        ["enable.ssl.certificate.verification"] = ["true", "false"],
        ["enable.sasl.oauthbearer.unsecure.jwt"] = ["true", "false"],
    };

    /// <summary>The value as librdkafka reads it.</summary>
    /// <param name="name">Normal name of the setting.</param>
    /// <param name="value">For example, <c>SaslSsl</c> or <c>SASL_SSL</c>.</param>
    /// <exception cref="InvalidOperationException">The setting has no such value. The message names those that it has.</exception>
    public static string Normalize(string name, string value) => !Choices.TryGetValue(name, out var choices) ? value
        : Array.Find(choices, choice => Letters(choice).Equals(Letters(value), StringComparison.OrdinalIgnoreCase))
            ?? throw new InvalidOperationException($"The Kafka setting '{name}' must be one of {string.Join(", ", choices)}.");

    private static string Letters(string value) => string.Concat(value.Where(char.IsLetterOrDigit));
}
