using Confluent.Kafka;
using EventDriven.Messaging.Kafka;
using Microsoft.Extensions.Configuration;

namespace EventDriven.Tests.Messaging.Hosting;

/// <summary>Where Kafka is and how its clients connect, as users write it.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class KafkaSettingsTests
{
    [Fact]
    public void A_connection_string_may_be_addresses() =>
        Assert.Equal("a:9092,b:9092", Read(("ConnectionStrings:kafka", "a:9092,b:9092")).BootstrapServers);

    [Fact]
    public void A_connection_string_may_be_settings_of_the_client()
    {
        var config = Applied(("ConnectionStrings:kafka", "bootstrap.servers=a:9092;security.protocol=SSL;ssl.ca.location=/etc/ssl/certs"));

        Assert.Equal(("a:9092", SecurityProtocol.Ssl), (config.BootstrapServers, config.SecurityProtocol));
    }

    [Fact]
    public void A_value_may_have_semicolons_and_equals_signs_in_quotes() => Assert.Equal(
        "p=1;q", Applied(("ConnectionStrings:kafka", "bootstrap.servers=a:9092;sasl.password=\"p=1;q\"")).SaslPassword);

    [Fact]
    public void The_section_adds_to_the_connection_string_and_overrides_it()
    {
        var config = Applied(
            ("ConnectionStrings:kafka", "bootstrap.servers=a:9092;sasl.username=before"),
            ("Messaging:Kafka:sasl.username", "after"),
            ("Messaging:Kafka:sasl.password", "secret"));

        Assert.Equal(("a:9092", "after", "secret"), (config.BootstrapServers, config.SaslUsername, config.SaslPassword));
    }

    [Fact]
    public void The_section_may_have_underscores_because_a_shell_exports_no_dots() => Assert.Equal(
        "somebody", Applied(("ConnectionStrings:kafka", "a:9092"), ("Messaging:Kafka:sasl_username", "somebody")).SaslUsername);

    [Fact]
    public void The_section_alone_is_enough() =>
        Assert.Equal("a:9092", Read(("Messaging:Kafka:bootstrap.servers", "a:9092")).BootstrapServers);

    private static ClientConfig Applied(params (string Path, string? Value)[] settings) => Read(settings).ApplyTo(new ClientConfig());

    private static KafkaSettings Read(params (string Path, string? Value)[] settings) => KafkaSettings.Read(
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Path, setting.Value))).Build(),
        "kafka");
}
