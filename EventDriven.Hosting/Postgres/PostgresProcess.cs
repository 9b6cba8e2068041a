using Aspire.Hosting.ApplicationModel;
using EventDriven.Hosting.Data;
using EventDriven.Hosting.Processes;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EventDriven.Hosting.Postgres;

/// <summary>PostgreSQL from the operating system's packages: on loopback only, with a password, without a Unix socket.</summary>
public sealed class PostgresProcess : ServerProcess
{
    private const string Superuser = "postgres";

    // Enough for five services with two instances each and some twenty connections an instance, plus the tests.
    private const int MaxConnections = 300;

    // Processes are stopped by SIGTERM, on which PostgreSQL waits for its clients to disconnect; on SIGINT it disconnects them. The first
    // wait ends with the signal, the second one with the server. The server must not outlive the shell, however the shell ends.
    private const string InterruptOnTerm = """trap 'kill -INT $p' TERM INT HUP; "$@" & p=$!; wait $p; wait $p""";

    private readonly string _server = PostgresBinaries.Path("postgres");
    private readonly SystemUser? _user = SystemUser.Unprivileged();
    private readonly DataDirectory _data;
    private readonly string _password;
    private readonly bool _isEphemeral;
    private PostgresFolder? _folder;

    internal PostgresProcess(string name, DataDirectory data, bool isEphemeral)
        : base(name, data)
    {
        _data = data;
        _password = data.Password(name);
        _isEphemeral = isEphemeral;
    }

    /// <summary>Npgsql's connection string of the superuser, without a database.</summary>
    public override ReferenceExpression ConnectionStringExpression => ConnectionStringOf(Superuser, _password);

    /// <summary>Npgsql's connection string of a role, without a database.</summary>
    internal ReferenceExpression ConnectionStringOf(string role, string password) => ReferenceExpression.Create(
        $"Host={Endpoint.Property(EndpointProperty.IPV4Host)};Port={Endpoint.Property(EndpointProperty.Port)};"
        + $"Username={role};Password={password};Require Auth=ScramSHA256");

    private protected override async Task PrepareAsync(ILogger log, CancellationToken cancellationToken)
    {
        _folder ??= PostgresFolder.Prepare(_data, Name, _user, log);
        if (_folder.IsInitialised)
        {
            await _folder.UntilFreeAsync(cancellationToken);
            return;
        }

        var passwordFile = _folder.WritePassword(_password);
        try
        {
            await _folder.InitialiseAsync(path => Preparation.RunAsync(
                [
                    .. AsUser(), PostgresBinaries.Path("initdb"), "-D", path, "-U", Superuser, $"--pwfile={passwordFile}",
                    "--auth=scram-sha-256",
                    "-E", "UTF8", "--locale=C", .. _isEphemeral ? ["--no-sync"] : Array.Empty<string>(),
                ],
                "/",
                log,
                cancellationToken));
        }
        finally
        {
            File.Delete(passwordFile);
        }
    }

    private protected override IEnumerable<object> CommandLine() =>
    [
        "/bin/sh", "-c", InterruptOnTerm, "sh", .. AsUser("--pdeathsig", "KILL"),
        _server, "-D", _folder!.Path, "-p", Endpoint.Property(EndpointProperty.Port),
        "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=",
        "-c", $"max_connections={MaxConnections}",
        // Leaves out detail lines, which repeat the values of refused rows.
        "-c", "log_error_verbosity=terse",
        .. _isEphemeral ? ["-c", "fsync=off", "-c", "full_page_writes=off"] : Array.Empty<string>(),
    ];

    private protected override async Task<bool> AnswersAsync(string connectionString, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection($"{connectionString};Database=postgres;Pooling=false;Timeout=2");
            await connection.OpenAsync(cancellationToken);
            return true;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InvalidPassword)
        {
            throw new HostingException(
                $"PostgreSQL in {_folder!.Path} has a password other than the one in the secrets.json of its data directory. Restore that "
                + "file, or delete both.", exception);
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private List<string> AsUser(params ReadOnlySpan<string> options)
    {
        if (_user is null && options.IsEmpty)
        {
            return [];
        }

        if (Executable.Find("setpriv") is not { } setPriv)
        {
            return _user is null ? []
                : throw new HostingException("PostgreSQL must not run as root, and setpriv (package util-linux) is missing.");
        }

        List<string> command = [setPriv, .. options];
        if (_user is not null)
        {
            command.AddRange([$"--reuid={_user.Uid}", $"--regid={_user.Gid}", "--clear-groups"]);
        }

        return [.. command, "--"];
    }
}
