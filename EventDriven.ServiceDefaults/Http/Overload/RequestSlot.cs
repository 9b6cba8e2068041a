using System.Threading.RateLimiting;

namespace EventDriven.ServiceDefaults.Http.Overload;

/// <summary>A request's place among those that are carried out at once.</summary>
internal sealed record RequestSlot(RateLimitLease Lease);
