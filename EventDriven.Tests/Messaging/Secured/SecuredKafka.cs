using System.Buffers.Text;
using System.Diagnostics;
using System.Net;
using System.Text;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using EventDriven.Cli;
using EventDriven.Hosting.Kafka;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Operations.Access;
using EventDriven.Messaging.Operations.Logs;
using EventDriven.Tests.Cli;
using EventDriven.Tests.KafkaEmulator;

namespace EventDriven.Tests.Messaging.Secured;

/// <summary>
/// Apache Kafka that nobody uses without a login over TLS, and that allows nothing to anybody: one node with SASL_SSL (PLAIN, SCRAM and
/// OAUTHBEARER), another port that asks for client certificates, and an authorizer. It is there where <c>KAFKA_HOME</c> is set.
/// </summary>
public sealed class SecuredKafka : IAsyncLifetime
{
    public const string Password = "user-s3cret";

    private const string Administrator = "admin";
    private const string AdministratorPassword = "admin-s3cret";

    // Clients of SASL have to log in again after this time (KIP-368), so that a test sees what a changed password does to those that run.
    private static readonly TimeSpan Session = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(90);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("eventdriven-kafka-");
    private readonly TestAuthority _authority = new();
    private readonly int _port = EmulatorProcess.FreePort();
    private readonly int _mutualPort = EmulatorProcess.FreePort();
    private readonly int _controllerPort = EmulatorProcess.FreePort();
    private Process? _process;

    /// <summary>Who may do everything.</summary>
    public string AdministratorConnection => Connection(Administrator, "Plain", AdministratorPassword);

    /// <summary>A file with the certificate that the brokers' one is signed by.</summary>
    public string Authority => FilePath("authority.pem");

    private static string? Home => Environment.GetEnvironmentVariable("KAFKA_HOME") is { Length: > 0 } home ? home : null;

    /// <summary>Skips the test where there is no such broker.</summary>
    public static void Require() => Assert.SkipWhen(Home is null, "The emulator has neither logins nor access rules: set KAFKA_HOME.");

    /// <summary>The connection string of a user.</summary>
    public string Connection(
        string user, string mechanism, string password = Password, string? authority = null, string host = "127.0.0.1") =>
        $"BootstrapServers={host}:{_port};SecurityProtocol=SaslSsl;SaslMechanism={mechanism};SaslUsername={user};SaslPassword={password};"
        + $"SslCaLocation={authority ?? Authority}";

    /// <summary>The connection string of a client of an identity provider.</summary>
    internal string Connection(TokenIssuer issuer, string client) =>
        $"BootstrapServers=127.0.0.1:{_port};SecurityProtocol=SaslSsl;SaslMechanism=OAuthBearer;SslCaLocation={Authority};"
        + $"SaslOauthbearerTokenEndpointUrl={issuer.Endpoint};SaslOauthbearerClientId={client};"
        + $"SaslOauthbearerClientSecret={TokenIssuer.Secret}";

    /// <summary>The connection string of the holder of a certificate, which makes it the principal <c>User:CN=name</c>.</summary>
    public string CertificateConnection(string name)
    {
        var (certificate, key) = _authority.Issue(name);
        return $"BootstrapServers=127.0.0.1:{_mutualPort};SecurityProtocol=Ssl;SslCaLocation={Authority};"
            + $"SslCertificateLocation={Write($"{name}.pem", certificate)};SslKeyLocation={Write($"{name}.key", key)}";
    }

    /// <summary>Writes a file that ends with the broker.</summary>
    public string Write(string name, string text)
    {
        File.WriteAllText(FilePath(name), text);
        return FilePath(name);
    }

    /// <summary>Creates a user of SCRAM, or changes its password.</summary>
    public async Task SetPasswordAsync(string user, string password)
    {
        using var admin = Admin();

        // One request may alter a user only once.
        foreach (var mechanism in new[] { ScramMechanism.ScramSha256, ScramMechanism.ScramSha512 })
        {
            await admin.AlterUserScramCredentialsAsync(
            [
                new UserScramCredentialUpsertion
                {
                    User = user,
                    Password = Encoding.UTF8.GetBytes(password),
                    ScramCredentialInfo = new ScramCredentialInfo { Mechanism = mechanism, Iterations = 4096 },
                },
            ]);
        }
    }

    public async Task CreateTopicAsync(string name, int partitions = 3)
    {
        using var admin = Admin();
        await admin.CreateTopicsAsync([new TopicSpecification { Name = name, NumPartitions = partitions, ReplicationFactor = 1 }]);
    }

    /// <summary>Runs a command as the administrator; its exit code.</summary>
    public Task<int> OperateAsync(params string[] args) => CommandLine.RunAsync(
        OperatorCommands.Create(Asked.Nobody), [.. args, "--kafka", AdministratorConnection], TestContext.Current.CancellationToken);

    /// <summary>Allows a principal what it needs.</summary>
    public async Task GrantAsync(PrincipalAccess access)
    {
        using var cluster = new KafkaCluster(AdministratorConnection);
        await new AclAdmin(cluster).CreateAsync(access.Rules, TestContext.Current.CancellationToken);
    }

    public async ValueTask InitializeAsync()
    {
        if (Home is null)
        {
            return;
        }

        var broker = _authority.Issue("broker", IPAddress.Loopback);
        Write("authority.pem", _authority.Pem);
        Write("broker.pem", $"{broker.Key}\n{broker.Certificate}\n{_authority.Pem}\n");
        Write("log4j2.yaml", KafkaProperties.Logging);
        Write("server.properties", Properties());
        using (var format = Java("kafka.tools.StorageTool", "format", "--cluster-id", NewId(), "--config", FilePath("server.properties")))
        {
            await format.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(StartTimeout);
            Assert.Equal(0, format.ExitCode);
        }

        _process = Java("kafka.Kafka", FilePath("server.properties"));
        await Eventually.TrueAsync(Answers, StartTimeout);
    }

    public ValueTask DisposeAsync()
    {
        _process?.Kill();
        _process?.WaitForExit();
        _process?.Dispose();
        _authority.Dispose();
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private bool Answers()
    {
        Assert.False(_process!.HasExited, "The secured broker has ended: see its output in the diagnostic messages.");
        using var admin = Admin();
        try
        {
            return admin.GetMetadata(TimeSpan.FromSeconds(2)).Brokers.Count > 0;
        }
        catch (KafkaException)
        {
            return false;
        }
    }

    private IAdminClient Admin() => new AdminClientBuilder(
        KafkaSettings.Parse(AdministratorConnection).ApplyTo(new AdminClientConfig()))
        .SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();

    private string Properties() => $"""
        process.roles=broker,controller
        node.id=1
        controller.quorum.voters=1@127.0.0.1:{_controllerPort}
        controller.listener.names=CONTROLLER
        listeners=LOGIN://127.0.0.1:{_port},MUTUAL://127.0.0.1:{_mutualPort},CONTROLLER://127.0.0.1:{_controllerPort}
        advertised.listeners=LOGIN://127.0.0.1:{_port},MUTUAL://127.0.0.1:{_mutualPort}
        inter.broker.listener.name=LOGIN
        sasl.mechanism.inter.broker.protocol=PLAIN
        listener.security.protocol.map=CONTROLLER:PLAINTEXT,LOGIN:SASL_SSL,MUTUAL:SSL
        authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
        # Only the node itself uses the controller's listener, which has no login.
        super.users=User:{Administrator};User:ANONYMOUS
        sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-256,SCRAM-SHA-512,OAUTHBEARER
        connections.max.reauth.ms={Session.TotalMilliseconds}
        listener.name.login.plain.sasl.jaas.config={Login("plain.PlainLoginModule")} \
          username="{Administrator}" password="{AdministratorPassword}" \
          user_{Administrator}="{AdministratorPassword}" user_plain="{Password}";
        listener.name.login.scram-sha-256.sasl.jaas.config={Login("scram.ScramLoginModule")};
        listener.name.login.scram-sha-512.sasl.jaas.config={Login("scram.ScramLoginModule")};
        listener.name.login.oauthbearer.sasl.jaas.config={Login("oauthbearer.OAuthBearerLoginModule")} \
          unsecuredLoginStringClaim_sub="unused";
        listener.name.mutual.ssl.client.auth=required
        ssl.keystore.type=PEM
        ssl.keystore.location={FilePath("broker.pem")}
        ssl.truststore.type=PEM
        ssl.truststore.location={Authority}
        log.dirs={FilePath("log")}
        auto.create.topics.enable=false
        group.initial.rebalance.delay.ms=0
        offsets.topic.replication.factor=1
        offsets.topic.num.partitions=2
        transaction.state.log.replication.factor=1
        transaction.state.log.min.isr=1
        transaction.state.log.num.partitions=2

        """;

    private static string Login(string module) => $"org.apache.kafka.common.security.{module} required";

    private static string NewId() =>
        Base64Url.EncodeToString(Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToByteArray(bigEndian: true));

    private string FilePath(string name) => Path.Combine(_folder.FullName, name);

    private Process Java(params ReadOnlySpan<string> arguments)
    {
        var java = Environment.GetEnvironmentVariable("JAVA_HOME") is { Length: > 0 } home ? Path.Combine(home, "bin", "java") : "java";
        var process = Process.Start(new ProcessStartInfo(
            java,
            [
                "-Xmx512m", "-XX:TieredStopAtLevel=1", $"-Dlog4j2.configurationFile={FilePath("log4j2.yaml")}",
                "-cp", Path.Combine(Home!, "libs", "*"), .. arguments,
            ])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.OutputDataReceived += (_, line) => TestContext.Current.SendDiagnosticMessage($"Secured Kafka: {line.Data}");
        process.ErrorDataReceived += (_, line) => TestContext.Current.SendDiagnosticMessage($"Secured Kafka: {line.Data}");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
