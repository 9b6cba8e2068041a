using Confluent.Kafka;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Kafka.Settings;

namespace EventDriven.Tests.Messaging.Hosting;

/// <summary>Settings of security that contradict themselves, and what is said of them before a client is made.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class KafkaSecurityTests
{
    private const string Secret = "s3cret";
    private const string Oidc =
        "BootstrapServers=a:1;SecurityProtocol=SaslSsl;SaslMechanism=OAuthBearer;SaslOauthbearerTokenEndpointUrl=https://id.example/token";

    [Theory]
    [InlineData("SecurityProtocol=SaslSsl;SaslUsername=u;SaslPassword=s3cret", "SecurityProtocol wants SASL, but SaslMechanism is missing")]
    [InlineData(
        "SaslMechanism=Plain;SaslUsername=u;SaslPassword=s3cret",
        "SecurityProtocol (plaintext) doesn't use it. Set SecurityProtocol to SaslSsl")]
    [InlineData(
        "SecurityProtocol=Ssl;SaslUsername=u;SaslPassword=s3cret",
        "'sasl.username' is set, but SecurityProtocol (ssl) doesn't use it")]
    [InlineData("SecurityProtocol=SaslSsl;SaslMechanism=Plain;SaslPassword=s3cret", "SaslPassword is set without SaslUsername")]
    [InlineData("SecurityProtocol=SaslSsl;SaslMechanism=Plain;SaslUsername=u", "SaslUsername is set without SaslPassword")]
    [InlineData("SecurityProtocol=SaslSsl;SaslMechanism=ScramSha256", "SaslMechanism SCRAM-SHA-256 wants SaslUsername and SaslPassword")]
    [InlineData(
        "SecurityProtocol=SaslSsl;SaslMechanism=OAuthBearer;SaslUsername=u;SaslPassword=s3cret",
        "OAUTHBEARER doesn't use SaslUsername")]
    [InlineData("SecurityProtocol=SaslSsl;SaslMechanism=OAuthBearer", "wants 'sasl.oauthbearer.token.endpoint.url', which is missing")]
    [InlineData("SslCaLocation=/etc/ssl/certs", "'ssl.ca.location' is set, but SecurityProtocol (plaintext) doesn't use it")]
    [InlineData(
        "SecurityProtocol=Ssl;SslCaLocation=/nowhere/ca.pem",
        "the file '/nowhere/ca.pem' of 'ssl.ca.location' can't be read (there is none)")]
    [InlineData(
        "SecurityProtocol=Ssl;SslKeyLocation=/nowhere/key.pem;SslKeyPassword=s3cret",
        "of SslCertificateLocation and SslKeyLocation only one is set")]
    [InlineData("SecurityProtocol=Ssl;SslCaPem=s3cret", "Kafka's client refuses a setting")]
    [InlineData("SecurityProtocol=SaslSsl;SaslMechanism=Plain;SaslUsername=u;SaslPassword=s3cret;Acks=all", "'acks' can't be set")]
    public void A_contradiction_names_the_setting_and_the_remedy_and_no_secret(string settings, string message)
    {
        var refused = Assert.Throws<InvalidOperationException>(() => KafkaSettings.Parse($"BootstrapServers=a:1;{settings}"));

        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, refused.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "BootstrapServers=a:1;SecurityProtocol=SaslPlaintext;SaslMechanism=Plain;SaslUsername=u;SaslPassword=p",
        "without encryption")]
    [InlineData(
        "BootstrapServers=127.0.0.1:1,localhost:2;SecurityProtocol=SaslPlaintext;SaslMechanism=Plain;SaslUsername=u;SaslPassword=p",
        null)]
    [InlineData("BootstrapServers=a:1;SecurityProtocol=SaslSsl;SaslMechanism=Plain;SaslUsername=u;SaslPassword=p", null)]
    [InlineData("BootstrapServers=a:1;SecurityProtocol=Ssl;EnableSslCertificateVerification=false", "not checked")]
    [InlineData("BootstrapServers=a:1;SecurityProtocol=Ssl;SslEndpointIdentificationAlgorithm=None", "not checked")]
    [InlineData(
        "BootstrapServers=a b;SecurityProtocol=SaslPlaintext;SaslMechanism=Plain;SaslUsername=u;SaslPassword=p",
        "without encryption")]
    [InlineData("a:1", null)]
    public void What_endangers_a_secret_is_a_warning(string settings, string? warning)
    {
        var warnings = KafkaSettings.Parse(settings).Warnings.ToList();

        Assert.Equal(warning is not null, warnings.Exists(text => warning is not null && text.Contains(warning, StringComparison.Ordinal)));
        Assert.Equal(warning is null, warnings.Count == 0);
    }

    [Fact]
    public void A_token_endpoint_means_that_tokens_are_fetched()
    {
        var config = KafkaSettings.Parse($"{Oidc};SaslOauthbearerClientId=me;SaslOauthbearerClientSecret={Secret};SaslOauthbearerScope=all")
            .ApplyTo(new ClientConfig());

        Assert.Equal(
            (SaslOauthbearerMethod.Oidc, "me", "all"),
            (config.SaslOauthbearerMethod, config.SaslOauthbearerClientId, config.SaslOauthbearerScope));
    }

    [Theory]
    [InlineData("sasl.password", true)]
    [InlineData("sasl.oauthbearer.client.secret", true)]
    [InlineData("ssl.key.pem", true)]
    [InlineData("sasl.jaas.config", true)]
    [InlineData("sasl.username", false)]
    [InlineData("bootstrap.servers", false)]
    public void Secrets_are_known_by_their_names(string name, bool isSecret) => Assert.Equal(isSecret, KafkaSettingName.IsSecret(name));

    [Fact]
    public void Only_a_producer_is_given_the_compression() => Assert.Equal(
        (null, "gzip"),
        KafkaSettings.Parse("BootstrapServers=a:1;CompressionType=gzip") is { } kafka
            ? (kafka.ApplyTo(new ConsumerConfig()).Get("compression.type"), kafka.ApplyTo(new ProducerConfig()).Get("compression.type"))
            : default);
}
