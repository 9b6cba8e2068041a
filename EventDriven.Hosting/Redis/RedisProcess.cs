using Aspire.Hosting.ApplicationModel;
using EventDriven.Hosting.Data;
using EventDriven.Hosting.Processes;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace EventDriven.Hosting.Redis;

/// <summary>
/// Redis or Valkey from the operating system's packages: on loopback only, with its data in an append-only file, and with a user for the
/// services beside the administrator.
/// </summary>
public sealed class RedisProcess : ServerProcess
{
    // Redis accepts no other pattern beside it.
    private const string AllKeys = "~*";

    private const string ServicesUser = "services";

    private readonly string _server = Executable.Find("redis-server", "valkey-server")
        ?? throw new HostingException("Neither redis-server nor valkey-server was found: install the package 'redis-server', or let "
            + "./run.sh --servers processes do it.");

    private readonly string _administratorPassword;
    private readonly string _servicesPassword;
    private readonly string _keys;

    internal RedisProcess(string name, DataDirectory data, IReadOnlyList<string> keys)
        : base(name, data)
    {
        (_administratorPassword, _servicesPassword) = (data.Password(name), data.Password($"{name}/{ServicesUser}"));
        _keys = keys.Count == 0 || keys.Contains("*") ? AllKeys : RedisAccess.ToKeys(keys);
    }

    /// <summary>StackExchange.Redis's connection string of the services' user.</summary>
    public override ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create($"{Address},user={ServicesUser},password={_servicesPassword}");

    /// <summary>StackExchange.Redis's connection string of the administrator, who may do everything.</summary>
    public ReferenceExpression AdministratorConnectionStringExpression =>
        ReferenceExpression.Create($"{Address},password={_administratorPassword}");

    private string ConfigurationFile => Path.Combine(Folder, "redis.conf");

    private protected override Task PrepareAsync(ILogger log, CancellationToken cancellationToken)
    {
        // In a private file, because a command line is visible to every user of the machine.
        PrivateFile.Write(ConfigurationFile, $"""
            bind 127.0.0.1
            port {Endpoint.Port}
            user default on >{_administratorPassword} ~* &* +@all
            user {ServicesUser} on >{_servicesPassword} {RedisAccess.ToChannels} {_keys} {RedisAccess.Commands}
            dir "{Folder}"
            appendonly yes
            save ""
            daemonize no

            """);
        return Task.CompletedTask;
    }

    private protected override IEnumerable<object> CommandLine() => [_server, ConfigurationFile];

    private protected override async Task<bool> AnswersAsync(string connectionString, CancellationToken cancellationToken)
    {
        try
        {
            await using var redis = await ConnectionMultiplexer.ConnectAsync(
                $"{connectionString},abortConnect=true,connectTimeout=1000,connectRetry=0");
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
