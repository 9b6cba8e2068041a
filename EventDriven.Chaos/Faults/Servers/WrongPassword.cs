using System.Globalization;
using System.Security.Cryptography;
using EventDriven.Chaos.Running;
using EventDriven.Chaos.Schedules;
using StackExchange.Redis;

namespace EventDriven.Chaos.Faults.Servers;

/// <summary>Redis has another password for the services than they have, as after a rotation that they have not heard of.</summary>
internal sealed class WrongPassword(RunningSystem system) : BackgroundFault
{
    private const int PasswordBytes = 16;

    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(200);

    private readonly string _wrong = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(PasswordBytes));
    private long _refused;
    private long _ended;

    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        var services = await ServicesAsync(cancellationToken);
        await RedisAdministration.TryAsync(system, redis => redis.ExecuteAsync("ACL", "LOG", "RESET"), cancellationToken);
        while (true)
        {
            // Again and again: a server that is started again meanwhile has the right one from its file.
            await RedisAdministration.TryAsync(system, redis => RefuseAsync(redis, services.User!), cancellationToken);
            await Task.Delay(Again, TimeProvider.System, cancellationToken);
        }
    }

    protected override async Task<FaultEffect> ClearAsync(CancellationToken cancellationToken)
    {
        var services = await ServicesAsync(cancellationToken);

        // The server may be down or stand still.
        while (!await RedisAdministration.TryAsync(
            system, redis => SetPasswordAsync(redis, services.User!, services.Password!), cancellationToken))
        {
            await Task.Delay(Again, TimeProvider.System, cancellationToken);
        }

        return new FaultEffect(
            _refused > 0,
            string.Create(
                CultureInfo.InvariantCulture, $"{_ended} sessions of services were ended, their password was refused {_refused} times"));
    }

    private async Task<ConfigurationOptions> ServicesAsync(CancellationToken cancellationToken) =>
        ConfigurationOptions.Parse(await system.ConnectionStringAsync(Topology.Redis, cancellationToken));

    private static Task<RedisResult> SetPasswordAsync(IDatabase redis, string user, string password) =>
        redis.ExecuteAsync("ACL", "SETUSER", user, "resetpass", $">{password}");

    private async Task RefuseAsync(IDatabase redis, string user)
    {
        await SetPasswordAsync(redis, user, _wrong);
        _ended += (long)await redis.ExecuteAsync("CLIENT", "KILL", "USER", user);

        // Each reading has what was refused since the one before. The rig's own looks at the server's health come past the links.
        var log = (RedisResult[])(await redis.ExecuteAsync("ACL", "LOG"))!;
        await redis.ExecuteAsync("ACL", "LOG", "RESET");
        _refused += log.Select(RefusedClient.TryRead).OfType<RefusedClient>()
            .Where(client => Topology.Instances.Any(
                instance => system.Link(Topology.LinkName(instance, Topology.Redis)).Carried(client.Address)))
            .Sum(client => client.Times);
    }
}
