using Confluent.Kafka;
using EventDriven.Messaging.Kafka.Settings;

namespace EventDriven.Messaging.Kafka;

/// <summary>Says what to do when Kafka refuses a client: by its credentials, its certificates or its rights.</summary>
internal static class BrokerRefusal
{
    /// <summary>What is refused, and the remedy; null if the error is no refusal.</summary>
    /// <param name="error">What a client reports. Its reason shows no secret.</param>
    /// <param name="kafka">Who the client says it is.</param>
    /// <param name="resource">The topic or the group that is refused; null if it is not known.</param>
    public static string? Describe(Error error, KafkaSettings kafka, string? resource = null) => error.Code switch
    {
        ErrorCode.UnsupportedSaslMechanism or ErrorCode.IllegalSaslState =>
            $"Kafka doesn't take this kind of login ({error.Reason}). Set SaslMechanism and SecurityProtocol as the broker offers them.",
        ErrorCode.Local_Ssl =>
            $"The encrypted connection to Kafka fails ({error.Reason}). Set SslCaLocation to the authority that signed the broker's "
            + "certificate, and BootstrapServers to the names in it; where Kafka asks for a client's certificate, check "
            + "SslCertificateLocation and SslKeyLocation.",
        _ when RefusalCodes.IsOfConnection(error.Code) =>
            $"Kafka refuses the credentials{Of(kafka)} ({error.Reason}). Correct user name and password in the connection string or in "
            + $"{KafkaSettings.Section}; where the configuration reloads by itself, that needs no restart.",
        _ when RefusalCodes.IsOfRight(error.Code) =>
            $"Kafka doesn't allow {Principal(kafka)} to use {resource ?? "this"} ({error.Reason}). "
            + $"Grant it, for example: {Grant(kafka, error.Code, resource)}",
        _ => null,
    };

    /// <summary>The command that grants an operation on a topic.</summary>
    public static string GrantOnTopic(KafkaSettings kafka, string topic, string operation) =>
        $"kafka-acls.sh --add --allow-principal {Principal(kafka)} --operation {operation} --topic {topic}";

    private static string Grant(KafkaSettings kafka, ErrorCode code, string? resource) => code switch
    {
        ErrorCode.GroupAuthorizationFailed =>
            $"kafka-acls.sh --add --allow-principal {Principal(kafka)} --operation Read --group {resource ?? "GROUP"}",
        ErrorCode.TransactionalIdAuthorizationFailed =>
            $"kafka-acls.sh --add --allow-principal {Principal(kafka)} --operation Write --transactional-id {resource ?? "ID"}",
        ErrorCode.TopicAuthorizationFailed => GrantOnTopic(kafka, resource ?? "TOPIC", "Read (or Write, to publish)"),

        // Of a producer that may write to no topic at all.
        _ => GrantOnTopic(kafka, resource ?? "TOPIC", "Write"),
    };

    private static string Of(KafkaSettings kafka) => kafka.User is { } user ? $" of '{user}'" : "";

    private static string Principal(KafkaSettings kafka) => $"User:{kafka.User ?? "NAME"}";
}
