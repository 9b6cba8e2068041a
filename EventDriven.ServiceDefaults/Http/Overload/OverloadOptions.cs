using System.ComponentModel.DataAnnotations;

namespace EventDriven.ServiceDefaults.Http.Overload;

/// <summary>Section <c>Http:Overload</c>: how much a service takes on before it refuses requests (docs/security.md, "Overload").</summary>
internal sealed class OverloadOptions
{
    public const string Section = "Http:Overload";

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

    /// <summary>Requests that wait for something to happen, such as event streams; 2 000.</summary>
    [Range(1, 100_000)]
    public int LongRequests { get; set; } = 2_000;

    /// <summary>Those of them that one customer may have; 20. Clients of the back office have no limit of their own.</summary>
    [Range(1, 100_000)]
    public int LongRequestsPerCustomer { get; set; } = 20;

    /// <summary>Open connections; one more is closed at once. 4 096.</summary>
    [Range(1, 1_000_000)]
    public int Connections { get; set; } = 4_096;

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

    /// <summary>Requests/s of one client that acts for everybody, such as a shop's back office; 1 000. 0 for no limit.</summary>
    [Range(0, MaxRate)]
    public int ClientPerSecond { get; set; } = 1_000;

    /// <summary>Requests that such a client may send at once after a pause; 2 000.</summary>
    [Range(1, MaxRate)]
    public int ClientBurst { get; set; } = 2_000;
}
