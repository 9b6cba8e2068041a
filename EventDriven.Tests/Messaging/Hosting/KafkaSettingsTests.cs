using Confluent.Kafka;
using EventDriven.Messaging.Kafka;
using Microsoft.Extensions.Configuration;

namespace EventDriven.Tests.Messaging.Hosting;

/// <summary>Where Kafka is and how its clients connect, as users write it.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class KafkaSettingsTests
{
    private const string Login = "bootstrap.servers=a:9092;security.protocol=sasl_ssl;sasl.mechanism=PLAIN;sasl.username=user";

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
        "p=1;q", Applied(("ConnectionStrings:kafka", $"{Login};sasl.password=\"p=1;q\"")).SaslPassword);

    [Fact]
    public void The_section_adds_to_the_connection_string_and_overrides_it()
    {
        var config = Applied(
            ("ConnectionStrings:kafka", $"{Login};sasl.password=before"),
            ("Messaging:Kafka:sasl.username", "after"),
            ("Messaging:Kafka:sasl.password", "secret"));

        Assert.Equal(("a:9092", "after", "secret"), (config.BootstrapServers, config.SaslUsername, config.SaslPassword));
    }

    [Fact]
    public void The_section_may_have_underscores_because_a_shell_exports_no_dots() => Assert.Equal(
        "somebody",
        Applied(("ConnectionStrings:kafka", $"{Login};sasl.password=p"), ("Messaging:Kafka:sasl_username", "somebody")).SaslUsername);

    [Fact]
    public void The_section_alone_is_enough() =>
        Assert.Equal("a:9092", Read(("Messaging:Kafka:bootstrap.servers", "a:9092")).BootstrapServers);

    [Fact]
    public void The_section_may_have_the_names_of_the_NET_client()
    {
        var config = Applied(
            ("ConnectionStrings:kafka", "a:9092"),
            ("Messaging:Kafka:SecurityProtocol", "SaslSsl"),
            ("Messaging:Kafka:SaslMechanism", "ScramSha512"),
            ("Messaging:Kafka:SaslUsername", "somebody"),
            ("Messaging:Kafka:SaslPassword", "secret"));

        Assert.Equal((SecurityProtocol.SaslSsl, SaslMechanism.ScramSha512), (config.SecurityProtocol, config.SaslMechanism));
    }

    [Fact]
    public void A_changed_password_is_taken_over_and_other_changes_are_named()
    {
        var settings = Read(("ConnectionStrings:kafka", $"{Login};sasl.password=before"));

        var (isRenewed, needRestart) = settings.Renew(
            Read(("ConnectionStrings:kafka", $"{Login.Replace("a:9092", "b:9092", StringComparison.Ordinal)};sasl.password=after")));

        Assert.True(isRenewed);
        Assert.Equal("bootstrap.servers", Assert.Single(needRestart));
        var config = settings.ApplyTo(new ClientConfig());
        Assert.Equal(("a:9092", "after"), (config.BootstrapServers, config.SaslPassword));
    }

    private static ClientConfig Applied(params (string Path, string? Value)[] settings) => Read(settings).ApplyTo(new ClientConfig());

    private static KafkaSettings Read(params (string Path, string? Value)[] settings) => KafkaSettings.Read(
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Path, setting.Value))).Build(),
        "kafka");
}
