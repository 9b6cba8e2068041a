using System.Threading.RateLimiting;

namespace EventDriven.ServiceDefaults.Http.Overload;

/// <summary>What a request gets that waited too long for its place.</summary>
internal sealed class NoLease : RateLimitLease
{
    public static readonly NoLease Instance = new();

    public override bool IsAcquired => false;

    public override IEnumerable<string> MetadataNames => [];

    public override bool TryGetMetadata(string metadataName, out object? metadata)
    {
        metadata = null;
        return false;
    }
}
