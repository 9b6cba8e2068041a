namespace EventDriven.ControlRoom.Flow.Graph;

/// <summary>The columns of the picture, from left to right.</summary>
internal enum GraphNodeKind
{
    /// <summary>A service that publishes.</summary>
    Service,

    /// <summary>A topic.</summary>
    Topic,

    /// <summary>A consumer group.</summary>
    Group,
}
