using EventDriven.LocalHost.Processes;
using EventDriven.LocalHost.Storage;
using StackExchange.Redis;

namespace EventDriven.LocalHost.Resources;

/// <summary>Redis or Valkey from the operating system's packages: on loopback only, with a password, its data kept in an append-only file.</summary>
internal sealed class RedisServer(string name, ResourceLog log, DataDirectory data, string password) : ProcessResource(name, log, data)
{
    private readonly int port = FreePort.Next();

    public override string Address => $"127.0.0.1:{port}";

    internal override string ConnectionString => $"127.0.0.1:{port},password={password}";

    private string ConfigurationFile => Path.Combine(Data.Folder(Name), "redis.conf");

    protected override Task PrepareAsync(CancellationToken cancellationToken)
    {
        // In a file of ours only, because a command line is visible to every user of the machine.
        PrivateFile.Write(ConfigurationFile, $"""
            bind 127.0.0.1
            port {port}
            requirepass {password}
            dir "{Data.Folder(Name)}"
            appendonly yes
            save ""
            daemonize no

            """);
        return Task.CompletedTask;
    }

    protected override ProcessSpec Spec() => new(
        Executable.Find("redis-server", "valkey-server")
            ?? throw new LocalApplicationException("Neither redis-server nor valkey-server was found: install the package 'redis-server', or let ./run.sh do it."),
        [ConfigurationFile]);

    protected override async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var redis = await ConnectionMultiplexer.ConnectAsync($"{ConnectionString},abortConnect=true,connectTimeout=1000,connectRetry=0");
            await redis.GetDatabase().PingAsync();
            return true;
        }
        catch (RedisException)
        {
            // Not listening yet, or still reading its file.
            return false;
        }
    }
}
