using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Kafka.Settings;

namespace EventDriven.Tests.Messaging.Hosting;

/// <summary>The forms in which Kafka's connection string is written, and what is said of one that can't be read.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class KafkaConnectionStringTests
{
    private const string Secret = "s3cret";
    private const string Java = "org.apache.kafka.common.security";

    private const string EventHub =
        "Endpoint=sb://shop.servicebus.windows.net/;SharedAccessKeyName=all;SharedAccessKey=abc+/=;EntityPath=orders";

    [Theory]
    [InlineData(" a:9092,b:9092 ", "bootstrap.servers=a:9092,b:9092")]
    [InlineData(
        "BootstrapServers=a:1;SecurityProtocol=SaslSsl;SaslMechanism=ScramSha512",
        "bootstrap.servers=a:1|security.protocol=sasl_ssl|sasl.mechanism=SCRAM-SHA-512")]
    [InlineData(
        "bootstrap.servers=a:1;security.protocol=SASL_SSL;sasl.mechanisms=PLAIN",
        "bootstrap.servers=a:1|security.protocol=sasl_ssl|sasl.mechanism=PLAIN")]
    [InlineData("# from Java\nbootstrap.servers=a:1\r\n\nsasl.username = u \n", "bootstrap.servers=a:1|sasl.username=u")]
    [InlineData("SaslPassword=\"a;b=\"\"c\"\"\";SaslUsername='it''s'", "sasl.password=a;b=\"c\"|sasl.username=it's")]
    [InlineData("SaslPassword=a=b=\"c;SaslUsername=u;;", "sasl.password=a=b=\"c|sasl.username=u")]
    [InlineData(
        "SslEndpointIdentificationAlgorithm=Https;EnableSslCertificateVerification=true",
        "ssl.endpoint.identification.algorithm=https|enable.ssl.certificate.verification=true")]
    [InlineData(
        $"sasl.jaas.config={Java}.plain.PlainLoginModule required username=\"u\" password=\"p;\\\"q\";client.id=me",
        "sasl.username=u|sasl.password=p;\"q|client.id=me")]
    [InlineData(
        $"sasl.jaas.config={Java}.oauthbearer.OAuthBearerLoginModule required clientId='c' clientSecret='s' scope='all' "
        + "extension_logicalCluster='lkc-1' extension_identityPoolId='pool-2';",
        "sasl.oauthbearer.client.id=c|sasl.oauthbearer.client.secret=s|sasl.oauthbearer.scope=all|"
        + "sasl.oauthbearer.extensions=logicalCluster=lkc-1,identityPoolId=pool-2")]
    public void It_is_read_as_settings_of_librdkafka(string text, string settings) =>
        Assert.Equal(settings.Split('|').Order(), KafkaConnectionString.Parse(text).Select(s => $"{s.Key}={s.Value}").Order());

    [Fact]
    public void That_of_Event_Hubs_is_the_password_of_its_own_user()
    {
        var settings = KafkaConnectionString.Parse(EventHub);

        Assert.Equal(
            ("shop.servicebus.windows.net:9093", "sasl_ssl", "PLAIN", "$ConnectionString", EventHub),
            (settings["bootstrap.servers"], settings["security.protocol"], settings["sasl.mechanism"], settings["sasl.username"],
                settings["sasl.password"]));
        KafkaSettings.Parse(EventHub);
    }

    [Theory]
    [InlineData(
        $"SaslUsername=u;SaslPassword={Secret};{Secret}",
        "what follows 'SaslPassword' is no name=value. Put a value with ';' in quotes.")]
    [InlineData($"SaslPassword=ab;{Secret}=cd", "no setting by the name after 'sasl.password'")]
    [InlineData($"SaslPassword='{Secret}", "'SaslPassword' has no closing quote")]
    [InlineData($"SaslPassword='ab'{Secret}", "what follows 'SaslPassword' is no ';'")]
    [InlineData($"SaslPassword={Secret};SaslPassword=other", "sets 'sasl.password' twice")]
    [InlineData($"{Secret};a:9092", "neither host:port[,host:port] nor name=value;name=value")]
    [InlineData($"={Secret}", "is no name=value")]
    [InlineData($"SecurityProtocol={Secret}", "'security.protocol' must be one of plaintext, ssl, sasl_plaintext, sasl_ssl.")]
    [InlineData($"SaslMechanism={Secret}", "'sasl.mechanism' must be one of PLAIN, SCRAM-SHA-256, SCRAM-SHA-512, OAUTHBEARER, GSSAPI.")]
    [InlineData("UserName=u", "has no setting 'UserName'")]
    [InlineData($"sasl.jaas.config={Secret}", "'sasl.jaas.config' can't be read")]
    [InlineData(
        $"sasl.jaas.config=a.PlainLoginModule required password=\"{Secret}\";",
        "exactly one option that becomes the setting 'sasl.username'")]
    [InlineData(
        $"sasl.jaas.config=a.Krb5LoginModule required password=\"{Secret}\";",
        "none of PlainLoginModule, ScramLoginModule and OAuthBearerLoginModule")]
    [InlineData(
        $"Endpoint=http://{Secret}/;SharedAccessKeyName=n;SharedAccessKey={Secret}",
        "no address such as sb://NAME.servicebus.windows.net/")]
    [InlineData("Endpoint=sb://shop.servicebus.windows.net/;SharedAccessKeyName=n", "has no SharedAccessKey")]
    [InlineData(
        $"Endpoint=sb://shop.servicebus.windows.net/;SharedAccessKey={Secret};SaslUsername=u",
        "a setting that doesn't belong to it")]
    public void What_can_not_be_read_is_said_without_a_value(string text, string message)
    {
        var refused = Assert.Throws<InvalidOperationException>(() => KafkaConnectionString.Parse(text));

        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, refused.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Any text is read or refused, and a refusal never shows what could be a part of a secret.</summary>
    [Fact]
    public void Broken_text_neither_fails_otherwise_nor_is_quoted()
    {
        const string Letters = "=;\"'\n\r# .\\x";
        var random = new Random(20261129);
        string[] pieces =
        [
            "SaslPassword=", "sasl.jaas.config=", "PlainLoginModule required ", "password=", "username=", "Endpoint=sb://", Secret,
            "SharedAccessKey=", "BootstrapServers=", "a:9092",
        ];
        for (var turn = 0; turn < 20_000; turn++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ =>
                random.Next(2) == 0 ? pieces[random.Next(pieces.Length)] : $"{Letters[random.Next(Letters.Length)]}"));
            try
            {
                KafkaConnectionString.Parse($"SaslPassword={text}");
            }
            catch (InvalidOperationException refused)
            {
                Assert.DoesNotContain(Secret, refused.ToString(), StringComparison.Ordinal);
            }
        }
    }
}
