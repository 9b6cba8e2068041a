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

    private readonly string server = PostgresBinaries.Path("postgres");
    private readonly SystemUser? user = SystemUser.Unprivileged();
    private readonly DataDirectory data;
    private readonly string password;
    private readonly bool isEphemeral;
    private PostgresFolder? folder;

    internal PostgresProcess(string name, DataDirectory data, bool isEphemeral)
        : base(name, data)
    {
        this.data = data;
        password = data.Password(name);
        this.isEphemeral = isEphemeral;
    }

    /// <summary>Npgsql's connection string, without a database.</summary>
    public override ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create(
        $"Host={Endpoint.Property(EndpointProperty.IPV4Host)};Port={Endpoint.Property(EndpointProperty.Port)};"
        + $"Username={Superuser};Password={password};Require Auth=ScramSHA256");

    private protected override async Task PrepareAsync(ILogger log, CancellationToken cancellationToken)
    {
        folder ??= PostgresFolder.Prepare(data, Name, user, log);
        if (folder.IsInitialised)
        {
            await folder.UntilFreeAsync(cancellationToken);
            return;
        }

        var passwordFile = folder.WritePassword(password);
        try
        {
            await folder.InitialiseAsync(path => Preparation.RunAsync(
                [
                    .. AsUser(), PostgresBinaries.Path("initdb"), "-D", path, "-U", Superuser, $"--pwfile={passwordFile}",
                    "--auth=scram-sha-256",
                    "-E", "UTF8", "--locale=C", .. isEphemeral ? ["--no-sync"] : Array.Empty<string>(),
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
        server, "-D", folder!.Path, "-p", Endpoint.Property(EndpointProperty.Port),
        "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=",
        "-c", $"max_connections={MaxConnections}",
        // Leaves out detail lines, which repeat the values of refused rows.
        "-c", "log_error_verbosity=terse",
        .. isEphemeral ? ["-c", "fsync=off", "-c", "full_page_writes=off"] : Array.Empty<string>(),
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
                $"PostgreSQL in {folder!.Path} has a password other than the one in the secrets.json of its data directory. Restore that "
                + "file, or delete both.", exception);
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private List<string> AsUser(params ReadOnlySpan<string> options)
    {
        if (user is null && options.IsEmpty)
        {
            return [];
        }

        if (Executable.Find("setpriv") is not { } setPriv)
        {
            return user is null ? []
                : throw new HostingException("PostgreSQL must not run as root, and setpriv (package util-linux) is missing.");
        }

        List<string> command = [setPriv, .. options];
        if (user is not null)
        {
            command.AddRange([$"--reuid={user.Uid}", $"--regid={user.Gid}", "--clear-groups"]);
        }

        return [.. command, "--"];
    }
}
