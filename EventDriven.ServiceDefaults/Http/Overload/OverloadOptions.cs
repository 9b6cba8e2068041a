using System.ComponentModel.DataAnnotations;

namespace EventDriven.ServiceDefaults.Http.Overload;

/// <summary>Section <c>Http:Overload</c>: how much a service takes on before it refuses requests (docs/security.md, "Overload").</summary>
internal sealed class OverloadOptions : IValidatableObject
{
    public const string Section = "Http:Overload";

    /// <summary>How often a second a bucket is filled, at most: the framework looks every 100 ms which are due.</summary>
    public const int FillsPerSecond = 10;

    private const int MaxRate = 1_000_000;

    /// <summary>Requests that are carried out at once; 64. Below the database pool's size, which is 100 by default.</summary>
    [Range(1, 10_000)]
    public int Concurrency { get; set; } = 64;

    /// <summary>Requests that may wait for one of these places, oldest first; 128.</summary>
    [Range(0, 100_000)]
    public int Queue { get; set; } = 128;

    /// <summary>Requests to endpoints with places of their own (<c>ReserveConcurrency</c>) that are carried out at once; 16.</summary>
    [Range(1, 10_000)]
    public int ReservedConcurrency { get; set; } = 16;

    /// <summary>Requests that may wait for one of the reserved places, oldest first; 128.</summary>
    [Range(0, 100_000)]
    public int ReservedQueue { get; set; } = 128;

    /// <summary>Longest wait for a place; after that the request is refused. 300 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:30")]
    public TimeSpan QueueTimeout { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <summary>Requests whose bodies are waited for; 512. One that comes at once doesn't count.</summary>
    [Range(1, 1_000_000)]
    public int Bodies { get; set; } = 512;

    /// <summary>Longest time until the whole body has come, which is 64 KiB at most; 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan BodyTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Requests that wait for something to happen, such as event streams; 2 000.</summary>
    [Range(1, 100_000)]
    public int LongRequests { get; set; } = 2_000;

    /// <summary>Those of them that one customer may have; 20. Only in services that limit callers.</summary>
    [Range(1, 100_000)]
    public int LongRequestsPerCustomer { get; set; } = 20;

    /// <summary>Those of them that one client that acts for everybody may have; 1 000. Only in services that limit callers.</summary>
    [Range(1, 100_000)]
    public int LongRequestsPerClient { get; set; } = 1_000;

    /// <summary>Open connections; one more is closed at once. 4 096.</summary>
    [Range(1, 1_000_000)]
    public int Connections { get; set; } = 4_096;

    /// <summary>
    /// Those of them that one address may have, except for the proxies that are configured (<c>Http:Proxies</c>); 1 024. 0 for no limit.
    /// </summary>
    [Range(0, 1_000_000)]
    public int ConnectionsPerAddress { get; set; } = 1_024;

    /// <summary>
    /// Requests/s from one client address, counted before its token is checked; 1 000. 0 for no limit. Only services that limit callers.
    /// </summary>
    [Range(0, MaxRate)]
    public int AddressPerSecond { get; set; } = 1_000;

    /// <summary>Requests that a client address may send at once after a pause; 2 000.</summary>
    [Range(1, MaxRate)]
    public int AddressBurst { get; set; } = 2_000;

    /// <summary>Requests/s of one customer; 20. 0 for no limit. Only services that limit callers.</summary>
    [Range(0, MaxRate)]
    public int CustomerPerSecond { get; set; } = 20;

    /// <summary>Requests that a customer may send at once after a pause; 100.</summary>
    [Range(1, MaxRate)]
    public int CustomerBurst { get; set; } = 100;

    /// <summary>
    /// Requests/s of one client that acts for everybody, such as a shop's back office; 0, which is no limit: it is the operator's own, and
    /// any fixed number would refuse what the service can do, or never be reached. Only services that limit callers.
    /// </summary>
    [Range(0, MaxRate)]
    public int ClientPerSecond { get; set; }

    /// <summary>Requests that such a client may send at once after a pause; 2 000.</summary>
    [Range(1, MaxRate)]
    public int ClientBurst { get; set; } = 2_000;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        from limit in new[]
        {
            (Name: "Address", PerSecond: AddressPerSecond, Burst: AddressBurst),
            (Name: "Customer", PerSecond: CustomerPerSecond, Burst: CustomerBurst),
            (Name: "Client", PerSecond: ClientPerSecond, Burst: ClientBurst),
        }
        where limit.Burst < limit.PerSecond / FillsPerSecond
        select new ValidationResult(
            $"{Section}:{limit.Name}Burst is {limit.Burst}, so that there could never be {limit.PerSecond} requests/s: a bucket is filled "
            + $"{FillsPerSecond} times a second. Set it to {limit.PerSecond / FillsPerSecond} or more, or lower {limit.Name}PerSecond.");
}
