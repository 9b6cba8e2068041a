using EventDriven.Messaging.Idempotency;

namespace EventDriven.Tests.Messaging;

internal static class RedisLeasesExtensions
{
    public static async Task<Lease> AcquireOneAsync(this RedisLeases leases, string group, EventMark mark) =>
        (await leases.AcquireAsync(group, [mark])).Single();
}
