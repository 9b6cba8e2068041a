using EventDriven.Messaging.Events;
using EventDriven.Messaging.Leases;
using EventDriven.Messaging.Redis;

namespace EventDriven.Tests.Messaging;

internal static class RedisLeasesExtensions
{
    public static async Task<Lease> AcquireOneAsync(this RedisLeases leases, string group, EventFingerprint mark) =>
        (await leases.AcquireAsync(group, [mark])).Single();
}
