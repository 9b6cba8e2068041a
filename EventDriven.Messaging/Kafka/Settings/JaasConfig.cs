using System.Text.RegularExpressions;

#if EVENTDRIVEN_HOSTING
namespace EventDriven.Hosting.Kafka.Settings;
#else
namespace EventDriven.Messaging.Kafka.Settings;
#endif

/// <summary>
/// Reads the credentials of a Java client: <c>org.apache.kafka.common.security.plain.PlainLoginModule required username="…"
/// password="…";</c> (https://kafka.apache.org/documentation/#security_jaas_client).
/// </summary>
internal static partial class JaasConfig
{
    /// <summary>Java's name of the setting. librdkafka has none.</summary>
    public const string Setting = "sasl.jaas.config";

    private const string Extension = "extension_";

    /// <summary>The settings of librdkafka that say the same.</summary>
    /// <exception cref="InvalidOperationException">The text can't be read, or names another kind of login.</exception>
    public static IEnumerable<KeyValuePair<string, string>> Settings(string value)
    {
        if (Login().Match(value) is not { Success: true } login)
        {
            throw new InvalidOperationException(
                $"The Kafka setting '{Setting}' can't be read: write the class of the login module, 'required', and its options as "
                + "name=\"value\". Or use SaslUsername and SaslPassword.");
        }

        var options = login.Groups["name"].Captures.Zip(login.Groups["value"].Captures)
            .ToLookup(option => option.First.Value, option => Unquoted(option.Second.Value), StringComparer.Ordinal);
        return login.Groups["module"].Value switch
        {
            "PlainLoginModule" or "ScramLoginModule" =>
            [
                Pair("sasl.username", options["username"]), Pair("sasl.password", options["password"]),
            ],
            "OAuthBearerLoginModule" =>
            [
                Pair("sasl.oauthbearer.client.id", options["clientId"]), Pair("sasl.oauthbearer.client.secret", options["clientSecret"]),
                .. options["scope"].Select(scope => KeyValuePair.Create("sasl.oauthbearer.scope", scope)),
                .. Extensions(options),
            ],
            _ => throw new InvalidOperationException(
                $"The login module of '{Setting}' is none of PlainLoginModule, ScramLoginModule and OAuthBearerLoginModule: use settings "
                + "of librdkafka for others."),
        };
    }

    private static KeyValuePair<string, string> Pair(string setting, IEnumerable<string> values) => values.ToList() is [var only]
        ? KeyValuePair.Create(setting, only)
        : throw new InvalidOperationException($"'{Setting}' must have exactly one option that becomes the setting '{setting}'.");

    private static IEnumerable<KeyValuePair<string, string>> Extensions(ILookup<string, string> options)
    {
        var extensions = options.Where(option => option.Key.StartsWith(Extension, StringComparison.Ordinal))
            .Select(option => $"{option.Key[Extension.Length..]}={option.First()}").ToList();
        return extensions.Count == 0 ? [] : [KeyValuePair.Create("sasl.oauthbearer.extensions", string.Join(',', extensions))];
    }

    private static string Unquoted(string value) => value[0] == '"' ? Escape().Replace(value[1..^1], "${escaped}") : value[1..^1];

    [GeneratedRegex(@"\\(?<escaped>.)", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Escape();

    [GeneratedRegex(
        """^\s*(\w+\.)*(?<module>\w+)\s+required(\s+(?<name>\w+)\s*=\s*(?<value>"(\\.|[^"\\])*"|'[^']*'))*\s*;?\s*$""",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Login();
}
