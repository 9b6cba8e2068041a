#if EVENTDRIVEN_HOSTING
namespace EventDriven.Hosting.Kafka.Settings;
#else
namespace EventDriven.Messaging.Kafka.Settings;
#endif

/// <summary>How clients prove who they are and whom they talk to: what is wrong with the settings of it, before a client is made.</summary>
/// <param name="settings">Settings of librdkafka, by their normal names.</param>
internal sealed class KafkaSecurity(IReadOnlyDictionary<string, string> settings)
{
    private const string Where = "in the connection string of Kafka or in Messaging:Kafka";

    // A folder of authorities is allowed, too, and "probe" looks for those of the system.
    private static readonly string[] Files =
    [
        "ssl.ca.location", "https.ca.location", "ssl.certificate.location", "ssl.key.location", "ssl.keystore.location",
        "ssl.crl.location", "sasl.oauthbearer.assertion.private.key.file",
    ];

    private string Protocol => Value("security.protocol") ?? "plaintext";

    private bool HasSasl => Protocol.StartsWith("sasl", StringComparison.Ordinal);

    private bool HasTls => Protocol.EndsWith("ssl", StringComparison.Ordinal);

    private string? Mechanism => Value("sasl.mechanism");

    /// <summary>
    /// The settings that follow from others: a token endpoint means that the client fetches its tokens there, which librdkafka does only
    /// when it is told to.
    /// </summary>
    public static IEnumerable<KeyValuePair<string, string>> Implied(IReadOnlyDictionary<string, string> settings) =>
        settings.ContainsKey("sasl.oauthbearer.token.endpoint.url") && !settings.ContainsKey("sasl.oauthbearer.method")
            ? [KeyValuePair.Create("sasl.oauthbearer.method", "oidc")]
            : [];

    /// <summary>What contradicts itself, is missing or can't be read; each names its setting and the remedy, and shows no secret.</summary>
    public IEnumerable<string> Mistakes() => [.. OfProtocol(), .. OfCredentials(), .. OfToken(), .. OfCertificates()];

    /// <summary>What works and endangers a secret.</summary>
    public IEnumerable<string> Warnings()
    {
        if (HasSasl && !HasTls && !IsLoopback)
        {
            yield return "Kafka's login crosses the network without encryption, where others can read it: set SecurityProtocol to SaslSsl.";
        }

        if (HasTls && (Value("ssl.endpoint.identification.algorithm") == "none" || Is("enable.ssl.certificate.verification", "false")))
        {
            yield return "Kafka's brokers are not checked to be who they say, so that anybody between may read everything: remove "
                + "SslEndpointIdentificationAlgorithm and EnableSslCertificateVerification, and set SslCaLocation.";
        }

        if (Uri.TryCreate(Value("sasl.oauthbearer.token.endpoint.url"), UriKind.Absolute, out var endpoint)
            && endpoint.Scheme == Uri.UriSchemeHttp && !endpoint.IsLoopback)
        {
            yield return "The secret for Kafka's token crosses the network without encryption, where others can read it: "
                + "SaslOauthbearerTokenEndpointUrl should begin with https.";
        }

        if (Is("enable.sasl.oauthbearer.unsecure.jwt", "true") && !IsLoopback)
        {
            yield return "Kafka is told by an unsigned token who the client is, which proves nothing: set "
                + "SaslOauthbearerTokenEndpointUrl instead of EnableSaslOauthbearerUnsecureJwt.";
        }
    }

    private bool IsLoopback => (Value(KafkaConnectionString.Servers) ?? "").Split(',').All(server =>
        Uri.TryCreate($"kafka://{server.Trim()}", UriKind.Absolute, out var address) && address.IsLoopback);

    private IEnumerable<string> OfProtocol()
    {
        if (HasSasl && Mechanism is null)
        {
            yield return Wrong("SecurityProtocol wants SASL, but SaslMechanism is missing", "Set it to Plain, ScramSha512 or OAuthBearer");
        }

        if (!HasSasl && settings.Keys.FirstOrDefault(name => name.StartsWith("sasl.", StringComparison.Ordinal)) is { } unused)
        {
            yield return Wrong(
                $"'{unused}' is set, but SecurityProtocol ({Protocol}) doesn't use it",
                "Set SecurityProtocol to SaslSsl, or remove it");
        }

        if (!HasTls && settings.Keys.FirstOrDefault(name => name.StartsWith("ssl.", StringComparison.Ordinal)) is { } noTls)
        {
            yield return Wrong(
                $"'{noTls}' is set, but SecurityProtocol ({Protocol}) doesn't use it",
                $"Set SecurityProtocol to {(HasSasl ? "SaslSsl" : "Ssl")}, or remove it");
        }
    }

    private IEnumerable<string> OfCredentials()
    {
        var (hasUser, hasPassword) = (Has("sasl.username"), Has("sasl.password"));
        if (hasUser != hasPassword)
        {
            yield return hasUser
                ? Wrong("SaslUsername is set without SaslPassword", "Set both")
                : Wrong("SaslPassword is set without SaslUsername", "Set both");
        }
        else if (HasSasl && Mechanism is "PLAIN" or "SCRAM-SHA-256" or "SCRAM-SHA-512" && !hasUser)
        {
            yield return Wrong($"SaslMechanism {Mechanism} wants SaslUsername and SaslPassword, which are missing", "Set both");
        }
        else if (hasUser && Mechanism == "OAUTHBEARER")
        {
            yield return Wrong(
                "SaslMechanism OAUTHBEARER doesn't use SaslUsername and SaslPassword",
                "Set SaslOauthbearerClientId and SaslOauthbearerClientSecret, or another mechanism");
        }
    }

    private IEnumerable<string> OfToken()
    {
        if (!HasSasl || Mechanism != "OAUTHBEARER" || Is("enable.sasl.oauthbearer.unsecure.jwt", "true")
            || Has("sasl.oauthbearer.metadata.authentication.type"))
        {
            yield break;
        }

        var needed = Value("sasl.oauthbearer.grant.type") is { } grant && grant.EndsWith("jwt-bearer", StringComparison.Ordinal)
            ? new[] { "sasl.oauthbearer.token.endpoint.url" }
            : ["sasl.oauthbearer.token.endpoint.url", "sasl.oauthbearer.client.id", "sasl.oauthbearer.client.secret"];
        foreach (var missing in needed.Where(name => !Has(name)))
        {
            yield return Wrong($"SaslMechanism OAUTHBEARER wants '{missing}', which is missing", "Set it as the identity provider says");
        }

        if (Is("sasl.oauthbearer.method", "default"))
        {
            yield return Wrong("'sasl.oauthbearer.method' is default, by which no token is fetched", "Set it to oidc, or remove it");
        }
    }

    private IEnumerable<string> OfCertificates()
    {
        if (Has("ssl.certificate.location") != Has("ssl.key.location") && !Has("ssl.key.pem") && !Has("ssl.certificate.pem"))
        {
            yield return Wrong("of SslCertificateLocation and SslKeyLocation only one is set", "A client's certificate needs both");
        }

        foreach (var name in Files)
        {
            if (Value(name) is { Length: > 0 } path && path != "probe" && Unreadable(path) is { } reason)
            {
                yield return Wrong(
                    $"the file '{path}' of '{name}' can't be read ({reason})", "Write its full path, and let this program's user read it");
            }
        }
    }

    private static string? Unreadable(string path)
    {
        try
        {
            if (!Directory.Exists(path))
            {
                using var file = File.OpenRead(path);
            }

            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return exception is FileNotFoundException or DirectoryNotFoundException ? "there is none" : "access is denied";
        }
    }

    private static string Wrong(string problem, string remedy) => $"Kafka's settings: {problem}. {remedy}, {Where}.";

    private bool Has(string name) => Value(name) is { Length: > 0 };

    private bool Is(string name, string value) => string.Equals(Value(name), value, StringComparison.OrdinalIgnoreCase);

    private string? Value(string name) => settings.GetValueOrDefault(name);
}
