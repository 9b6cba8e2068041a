namespace EventDriven.Chaos.Links;

/// <summary>A direction of a link.</summary>
internal enum LinkDirection
{
    /// <summary>From the client to the server.</summary>
    Up,

    /// <summary>From the server to the client.</summary>
    Down,
}
