using Confluent.Kafka;
using EventDriven.Messaging.Kafka.Settings;
using Microsoft.Extensions.Configuration;

namespace EventDriven.Messaging.Kafka;

/// <summary>
/// The settings that every Kafka client of the service is created with: addresses, security, tuning. A user name and a password that
/// change later reach the clients that <see cref="Follow"/>.
/// </summary>
internal sealed class KafkaSettings
{
    /// <summary>
    /// Section with librdkafka's settings by their own names, such as <c>security.protocol</c>, or by those of the .NET client, such as
    /// <c>SecurityProtocol</c>. They override those of the connection string.
    /// </summary>
    public const string Section = "Messaging:Kafka";

    private const string Username = "sasl.username";
    private const string Password = "sasl.password";

    private readonly Lock _lock = new();
    private readonly List<WeakReference<IClient>> _followers = [];
    private volatile IReadOnlyDictionary<string, string> _settings;
    private bool _hasChanged;

    private readonly string _connectionName;

    private KafkaSettings(IReadOnlyDictionary<string, string> settings, string connectionName)
    {
        _connectionName = connectionName;
        KafkaGuarantees.Check(settings.Keys);
        _settings = settings;
    }

    /// <summary>Addresses of brokers: <c>host:port</c>, separated by commas.</summary>
    public string BootstrapServers => _settings.GetValueOrDefault(KafkaConnectionString.Servers, "");

    /// <summary>Who the clients say they are; null if they don't, or by other means than a password.</summary>
    public string? User => _settings.GetValueOrDefault(Username) ?? _settings.GetValueOrDefault("sasl.oauthbearer.client.id");

    /// <summary>What works and endangers a secret, for the log.</summary>
    public IEnumerable<string> Warnings => new KafkaSecurity(_settings).Warnings();

    /// <summary>The settings of a connection string, in any of the forms of <see cref="KafkaConnectionString"/>.</summary>
    /// <exception cref="InvalidOperationException">
    /// The text can't be read, contradicts itself, or contains a reserved setting. The message shows no secret.
    /// </exception>
    public static KafkaSettings Parse(string connectionString) =>
        KafkaConnectionString.Parse(connectionString) is var settings && HasServers(settings)
            ? Of(settings, "")
            : throw new InvalidOperationException(
                "The connection string of Kafka has no BootstrapServers: set it to host:port[,host:port].");

    /// <summary>The settings of a service's configuration.</summary>
    /// <param name="configuration">Has the connection string, the section <see cref="Section"/>, or both.</param>
    /// <param name="connectionName">Name of the connection string.</param>
    /// <exception cref="InvalidOperationException">
    /// The addresses are missing, a setting is unknown, reserved or contradicts another, or the client refuses a setting. The message names
    /// the setting and the remedy, and shows no secret.
    /// </exception>
    public static KafkaSettings Read(IConfiguration configuration, string connectionName)
    {
        var settings = new Dictionary<string, string>(
            KafkaConnectionString.Parse(configuration.GetConnectionString(connectionName) ?? ""), StringComparer.Ordinal);
        foreach (var (written, value) in configuration.GetSection(Section).AsEnumerable(makePathsRelative: true))
        {
            if (value is not null)
            {
                var name = KafkaSettingName.Normalize(written);
                if (!KafkaSettingName.IsKnown(name))
                {
                    throw new InvalidOperationException(
                        $"Kafka's client has no setting '{written}': correct or remove {Section}:{written}.");
                }

                foreach (var (setting, normal) in KafkaConnectionString.Expand(name, value))
                {
                    settings[setting] = normal;
                }
            }
        }

        return HasServers(settings) ? Of(settings, connectionName) : throw new InvalidOperationException(
            $"Kafka's address is not configured: set the connection string '{connectionName}' (ConnectionStrings__{connectionName}) to "
            + $"host:port, or {Section}:{KafkaConnectionString.Servers}.");
    }

    /// <summary>What the configuration says now.</summary>
    /// <exception cref="InvalidOperationException">As <see cref="Read"/>.</exception>
    public KafkaSettings ReadAgain(IConfiguration configuration) => Read(configuration, _connectionName);

    /// <summary>Adds the settings to a client's. They override the client's defaults; reserved settings are not among them.</summary>
    public TConfig ApplyTo<TConfig>(TConfig config)
        where TConfig : ClientConfig
    {
        foreach (var (name, value) in _settings)
        {
            // Each of the other clients would warn that it is a producer's.
            if (name != "compression.type" || config is ProducerConfig)
            {
                config.Set(name, value);
            }
        }

        return config;
    }

    /// <summary>Gives a client every user name and password that <see cref="Renew"/> brings, for as long as the client lives.</summary>
    public TClient Follow<TClient>(TClient client)
        where TClient : IClient
    {
        lock (_lock)
        {
            _followers.RemoveAll(follower => !follower.TryGetTarget(out _));
            _followers.Add(new WeakReference<IClient>(client));
            if (_hasChanged)
            {
                // It may have been created with the former ones.
                GiveCredentials(client);
            }
        }

        return client;
    }

    /// <summary>
    /// Takes over the user name and the password of newer settings. Clients use them for their next connection; those that are open stay.
    /// </summary>
    /// <returns>Whether they were new, and the names of other settings that differ, which need a restart.</returns>
    public (bool IsRenewed, IReadOnlyList<string> NeedRestart) Renew(KafkaSettings newer)
    {
        lock (_lock)
        {
            var changed = _settings.Keys.Union(newer._settings.Keys, StringComparer.Ordinal)
                .Where(name => _settings.GetValueOrDefault(name) != newer._settings.GetValueOrDefault(name))
                .Order(StringComparer.Ordinal).ToList();
            var credentials = changed.Where(name => name is Username or Password && newer._settings.ContainsKey(name)).ToList();
            if (credentials.Count > 0)
            {
                var renewed = new Dictionary<string, string>(_settings, StringComparer.Ordinal);
                foreach (var name in credentials)
                {
                    renewed[name] = newer._settings[name];
                }

                _settings = renewed;
                _hasChanged = true;
                foreach (var follower in _followers)
                {
                    if (follower.TryGetTarget(out var client))
                    {
                        GiveCredentials(client);
                    }
                }
            }

            return (credentials.Count > 0, [.. changed.Except(credentials, StringComparer.Ordinal)]);
        }
    }

    private void GiveCredentials(IClient client)
    {
        try
        {
            client.SetSaslCredentials(_settings[Username], _settings[Password]);
        }
        catch (ObjectDisposedException)
        {
            // It was closed, and not collected yet.
        }
    }

    private static KafkaSettings Of(IReadOnlyDictionary<string, string> given, string connectionName)
    {
        var settings = new Dictionary<string, string>(given, StringComparer.Ordinal);
        foreach (var (name, value) in KafkaSecurity.Implied(settings))
        {
            settings.Add(name, value);
        }

        var read = new KafkaSettings(settings, connectionName);
        var mistakes = new KafkaSecurity(settings).Mistakes().ToList();
        return mistakes.Count > 0
            ? throw new InvalidOperationException(string.Join(Environment.NewLine, mistakes))
            : read.Validated();
    }

    private static bool HasServers(IReadOnlyDictionary<string, string> settings) =>
        settings.GetValueOrDefault(KafkaConnectionString.Servers) is { Length: > 0 };

    // Only librdkafka knows the values of its settings. The exception is not kept, because its text may quote a secret.
    private KafkaSettings Validated() => Refusal() is { } refusal
        ? throw new InvalidOperationException(
            $"Kafka's client refuses a setting of the connection string or of {Section}: {WithoutSecrets(refusal)}")
        : this;

    private string? Refusal()
    {
        if (_settings.Count == 1)
        {
            return null;
        }

        try
        {
            var config = ApplyTo(new AdminClientConfig());

            // A token would be fetched as soon as there is a client.
            config.SaslOauthbearerMethod = null;
            new AdminClientBuilder(config)
                .SetLogHandler((_, _) => { })
                .SetErrorHandler((_, _) => { })
                .Build()
                .Dispose();
            return null;
        }
        catch (Exception exception) when (exception is InvalidOperationException or KafkaException or ArgumentException)
        {
            return exception.Message;
        }
    }

    private string WithoutSecrets(string message) => _settings
        .Where(setting => KafkaSettingName.IsSecret(setting.Key) && setting.Value.Length > 0)
        .Aggregate(message, (text, secret) => text.Replace(secret.Value, "***", StringComparison.Ordinal));
}
