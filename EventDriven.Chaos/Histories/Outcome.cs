namespace EventDriven.Chaos.Histories;

/// <summary>What a client knows of a request that it sent.</summary>
internal enum Outcome
{
    /// <summary>The server answered that it was done.</summary>
    Ok,

    /// <summary>Definitely not done: the server refused it, or the connection was refused before anything was sent.</summary>
    Failed,

    /// <summary>It may have been done: the answer was lost, late, or an error after the request was sent.</summary>
    Unknown,
}
