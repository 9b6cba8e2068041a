namespace EventDriven.Identity;

/// <summary>
/// What a token allows (OAuth 2.0 scopes, RFC 6749 section 3.3). Each is also the name of an authorization policy. A scope to write
/// includes the one to read.
/// </summary>
public static class Scopes
{
    /// <summary>The claim that has them (RFC 9068): in a token all of them, in a caller's identity one in each claim.</summary>
    public const string Claim = "scope";

    /// <summary>A customer signs up, and places, reads and cancels its own orders.</summary>
    public const string Orders = "orders";

    /// <summary>The back office: the orders of all customers.</summary>
    public const string OrdersWrite = "orders:write";

    /// <summary>Reads stock and reservations.</summary>
    public const string StockRead = "stock:read";

    /// <summary>Sets stock.</summary>
    public const string StockWrite = "stock:write";

    /// <summary>Reads figures, journeys and recommendations.</summary>
    public const string AnalyticsRead = "analytics:read";

    /// <summary>Reads the state of services: details of their health, lag, messages to customers.</summary>
    public const string OpsRead = "ops:read";

    /// <summary>Changes the state of services.</summary>
    public const string OpsWrite = "ops:write";

    /// <summary>Services that may read customers' e-mail addresses and names: their keys.</summary>
    public const string KeysRead = "keys:read";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Orders, OrdersWrite, StockRead, StockWrite, AnalyticsRead, OpsRead, OpsWrite, KeysRead];

    /// <summary>The scopes that allow what a scope allows: itself, and for one to read that to write.</summary>
    /// <param name="scope">One of <see cref="All"/>.</param>
    public static IReadOnlyList<string> Allowing(string scope) => scope switch
    {
        Orders => [Orders, OrdersWrite],
        StockRead => [StockRead, StockWrite],
        OpsRead => [OpsRead, OpsWrite],
        _ => [scope],
    };
}
