namespace EventDriven.Tests.Application.Harness;

/// <summary>The whole application, started under Aspire or as plain processes; tests don't see which.</summary>
internal interface ISystem : IAsyncDisposable
{
    /// <summary>Why tests that restart the broker are skipped; null when they aren't.</summary>
    string? NoBrokerRestart { get; }

    /// <summary>State file by which operator commands find the system; null where there is none.</summary>
    string? StateFile { get; }

    /// <summary>A client of one instance of a service (<c>checkout</c>, <c>checkout-2</c>).</summary>
    HttpClient Http(string instance);

    /// <summary>Connection string of a server or database, as services get it.</summary>
    Task<string> ConnectionStringAsync(string resource);

    /// <summary>What a resource has written to its console since it started.</summary>
    Task<string> OutputAsync(string resource);

    /// <summary>Stops a resource in an orderly way.</summary>
    Task StopAsync(string resource);

    /// <summary>Ends a resource as a crash would.</summary>
    Task KillAsync(string resource);

    /// <summary>Starts a resource again and waits until it is healthy.</summary>
    Task StartAsync(string resource);
}
