using System.Diagnostics;
using System.Net;
using EventDriven.Tests.KafkaEmulator;
using StackExchange.Redis;

namespace EventDriven.Tests.Messaging.Secured;

/// <summary>
/// Redis that answers over TLS alone, with a certificate of an authority of the test's own, and has a user <c>services</c>.
/// </summary>
public sealed class SecuredRedis : IAsyncLifetime
{
    public const string User = "services";

    private const string AdministratorPassword = "admin-s3cret";
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("eventdriven-redis-");
    private readonly TestAuthority _authority = new();
    private readonly int _port = EmulatorProcess.FreePort();
    private Process? _process;
    private ConnectionMultiplexer? _administrator;

    /// <summary>A file with the authority's certificate.</summary>
    public string Authority => Path.Combine(_folder.FullName, "authority.pem");

    /// <summary>The connection string of <see cref="User"/>.</summary>
    public string Connection(string password, string host = "127.0.0.1") => $"{host}:{_port},ssl=true,user={User},password={password}";

    /// <summary>Creates <see cref="User"/>, or changes its password.</summary>
    public Task SetPasswordAsync(string password) =>
        Administrator.ExecuteAsync("ACL", "SETUSER", User, "on", "resetpass", $">{password}", "~*", "&*", "+@all");

    /// <summary>Ends every connection of <see cref="User"/>, as a restart of the server would.</summary>
    public Task DisconnectAsync() => Administrator.ExecuteAsync("CLIENT", "KILL", "USER", User);

    public async ValueTask InitializeAsync()
    {
        var server = _authority.Issue("redis", IPAddress.Loopback);
        await WriteAsync("authority.pem", _authority.Pem);
        await WriteAsync("server.pem", server.Certificate);
        await WriteAsync("server.key", server.Key);
        await WriteAsync("redis.conf", $"""
            bind 127.0.0.1
            port 0
            tls-port {_port}
            tls-cert-file {_folder.FullName}/server.pem
            tls-key-file {_folder.FullName}/server.key
            tls-auth-clients no
            requirepass {AdministratorPassword}
            dir {_folder.FullName}
            save ""

            """);
        _process = Process.Start(new ProcessStartInfo("redis-server", [Path.Combine(_folder.FullName, "redis.conf")])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        _process.OutputDataReceived += (_, line) => TestContext.Current.SendDiagnosticMessage($"Secured Redis: {line.Data}");
        _process.BeginOutputReadLine();

        var options = ConfigurationOptions.Parse(
            $"127.0.0.1:{_port},ssl=true,abortConnect=false,allowAdmin=true,password={AdministratorPassword}");
        options.TrustIssuer(Authority);
        _administrator = await ConnectionMultiplexer.ConnectAsync(options);
        await Eventually.TrueAsync(() => _administrator.IsConnected, StartTimeout);
    }

    public async ValueTask DisposeAsync()
    {
        if (_administrator is not null)
        {
            await _administrator.DisposeAsync();
        }

        _process?.Kill();
        _process?.WaitForExit();
        _process?.Dispose();
        _authority.Dispose();
        _folder.Delete(recursive: true);
    }

    private IDatabase Administrator => _administrator!.GetDatabase();

    private Task WriteAsync(string name, string text) =>
        File.WriteAllTextAsync(Path.Combine(_folder.FullName, name), text, TestContext.Current.CancellationToken);
}
