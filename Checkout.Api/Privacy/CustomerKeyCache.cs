using Microsoft.Extensions.Caching.Memory;

namespace Checkout.Api.Privacy;

/// <summary>
/// Keys of customers that order again soon, bounded in number and time. A key in it may be destroyed meanwhile: whoever seals with it
/// checks it in the same transaction.
/// </summary>
internal sealed class CustomerKeyCache : IDisposable
{
    private const int Capacity = 10_000;

    // Of the capacity, when it is full. Each time costs a sort of all.
    private const double RemovedAtOnce = 0.25;

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly MemoryCache _keys = new(new MemoryCacheOptions { SizeLimit = Capacity, CompactionPercentage = RemovedAtOnce });

    /// <summary>The customer's key; null if none is kept.</summary>
    public OpenKey? Find(Guid customerId) => _keys.Get<OpenKey>(customerId);

    /// <summary>Keeps a key, unless there is no room.</summary>
    public void Set(OpenKey key) => _keys.Set(
        key.Stored.CustomerId, key, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Lifetime });

    /// <summary>The customer's key is not used any more.</summary>
    public void Remove(Guid customerId) => _keys.Remove(customerId);

    public void Dispose() => _keys.Dispose();
}
