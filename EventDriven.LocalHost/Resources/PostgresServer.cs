using EventDriven.LocalHost.Processes;
using EventDriven.LocalHost.Storage;
using Npgsql;

namespace EventDriven.LocalHost.Resources;

/// <summary>PostgreSQL from the operating system's packages: on loopback only, with a password, without a Unix socket.</summary>
internal sealed class PostgresServer(string name, ResourceLog log, DataDirectory data, string password, bool ephemeral)
    : ProcessResource(name, log, data)
{
    private const string Superuser = "postgres";

    // Five services, two instances each, some twenty connections at work in each, and the tests' own.
    private const int MaxConnections = 300;
    private static readonly TimeSpan InitTimeout = TimeSpan.FromMinutes(2);

    private readonly int port = FreePort.Next();
    private readonly SystemUser? user = SystemUser.Unprivileged();
    private PostgresFolder? folder;

    public override string Address => $"127.0.0.1:{port}";

    internal override string ConnectionString => $"Host=127.0.0.1;Port={port};Username={Superuser};Password={password}";

    protected override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        folder ??= PostgresFolder.Prepare(Data, user, Log);
        if (folder.IsInitialised)
        {
            return;
        }

        var passwordFile = folder.WritePassword(password);
        try
        {
            var initialise = new ProcessSpec(PostgresBinaries.Path("initdb"),
            [
                "-D", folder.Path, "-U", Superuser, $"--pwfile={passwordFile}", "--auth=scram-sha-256",
                "-E", "UTF8", "--locale=C", .. ephemeral ? ["--no-sync"] : Array.Empty<string>(),
            ])
            { User = user, WorkingDirectory = "/" };
            await ManagedProcess.RunAsync(initialise, Log, InitTimeout, cancellationToken);
        }
        finally
        {
            File.Delete(passwordFile);
        }
    }

    protected override ProcessSpec Spec() => new(
        PostgresBinaries.Path("postgres"),
        [
            "-D", folder!.Path, "-p", $"{port}",
            "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=",
            "-c", $"max_connections={MaxConnections}",
            // Without the detail lines, which repeat the values of a row that was refused.
            "-c", "log_error_verbosity=terse",
            .. ephemeral ? ["-c", "fsync=off", "-c", "full_page_writes=off"] : Array.Empty<string>(),
        ])
    {
        User = user,
        WorkingDirectory = "/",
        StopSignal = ProcessSignal.Int,
        ParentDeathSignal = ProcessSignal.Int,
    };

    protected override async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection($"{ConnectionString};Database=postgres;Pooling=false;Timeout=2");
            await connection.OpenAsync(cancellationToken);
            return true;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InvalidPassword)
        {
            throw new LocalApplicationException(
                $"PostgreSQL in {folder!.Path} has another password than {Data.Path}/secrets.json: restore that file, or delete both.", exception);
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
