using System.Data.Common;
using Confluent.Kafka;
using Microsoft.Extensions.Configuration;

namespace EventDriven.Messaging.Kafka;

/// <summary>The settings that every Kafka client of the service is created with: addresses, security, tuning.</summary>
internal sealed class KafkaSettings
{
    /// <summary>
    /// Section with librdkafka's settings by their own names, such as <c>security.protocol</c>. They
    /// override those of the connection string.
    /// </summary>
    public const string Section = "Messaging:Kafka";

    private const string Servers = "bootstrap.servers";

    private readonly Dictionary<string, string> _settings = new(StringComparer.OrdinalIgnoreCase);

    private KafkaSettings()
    {
    }

    /// <summary>Addresses of brokers: <c>host:port</c>, separated by commas.</summary>
    public string BootstrapServers => _settings.GetValueOrDefault(Servers, "");

    /// <summary>
    /// The settings of a connection string: bootstrap servers, or settings of librdkafka as <c>name=value;name=value</c>.
    /// </summary>
    /// <exception cref="InvalidOperationException">The text can't be read, or contains a reserved setting.</exception>
    public static KafkaSettings Parse(string connectionString)
    {
        var settings = new KafkaSettings();
        if (!connectionString.Contains('=', StringComparison.Ordinal))
        {
            settings.Set(Servers, connectionString);
            return settings;
        }

        foreach (var (name, value) in Pairs(connectionString))
        {
            settings.Set(name, value);
        }

        return settings;
    }

    /// <summary>The settings of a service's configuration.</summary>
    /// <param name="configuration">Has the connection string, the section <see cref="Section"/>, or both.</param>
    /// <param name="connectionName">Name of the connection string.</param>
    /// <exception cref="InvalidOperationException">
    /// The addresses are missing, a setting is reserved, or the client refuses a setting.
    /// </exception>
    public static KafkaSettings Read(IConfiguration configuration, string connectionName)
    {
        var settings = Parse(configuration.GetConnectionString(connectionName) ?? "");
        foreach (var (name, value) in configuration.GetSection(Section).AsEnumerable(makePathsRelative: true))
        {
            if (value is not null)
            {
                // A shell exports no variable with a dot in its name, and no setting has an underscore.
                settings.Set(name.Replace('_', '.'), value);
            }
        }

        return settings.BootstrapServers.Length > 0 ? settings.Validated() : throw new InvalidOperationException(
            $"Kafka's address is not configured: set the connection string '{connectionName}' (ConnectionStrings__{connectionName}) to "
            + $"host:port, or {Section}:{Servers}.");
    }

    /// <summary>Adds the settings to a client's. They override the client's defaults; reserved settings are not among them.</summary>
    public TConfig ApplyTo<TConfig>(TConfig config)
        where TConfig : ClientConfig
    {
        foreach (var (name, value) in _settings)
        {
            config.Set(name, value);
        }

        return config;
    }

    // Only librdkafka knows the names and values of its settings.
    private KafkaSettings Validated()
    {
        try
        {
            if (_settings.Count > 1)
            {
                new AdminClientBuilder(ApplyTo(new AdminClientConfig()))
                    .SetLogHandler((_, _) => { })
                    .SetErrorHandler((_, _) => { })
                    .Build()
                    .Dispose();
            }

            return this;
        }
        catch (Exception exception) when (exception is InvalidOperationException or KafkaException or ArgumentException)
        {
            throw new InvalidOperationException(
                $"Kafka's client refuses a setting of the connection string or of {Section}: {exception.Message}", exception);
        }
    }

    private static IEnumerable<(string Name, string Value)> Pairs(string connectionString)
    {
        var pairs = new DbConnectionStringBuilder();
        try
        {
            pairs.ConnectionString = connectionString;
        }
        catch (ArgumentException exception)
        {
            // The text is not quoted, because it may contain a password.
            throw new InvalidOperationException(
                "The connection string of Kafka is neither host:port nor name=value;name=value with settings of librdkafka.", exception);
        }

        return pairs.Keys.Cast<string>().Select(name => (name, (string)pairs[name]));
    }

    private void Set(string name, string value)
    {
        if (KafkaGuarantees.Refusal(name) is { } refusal)
        {
            throw new InvalidOperationException(
                $"The Kafka setting '{name}' can't be set: {refusal} Remove it from the connection string or from {Section}.");
        }

        _settings[name] = value;
    }
}
