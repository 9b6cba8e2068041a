namespace EventDriven.Messaging.Consuming.Scheduling;

/// <summary>Something that waits in a lane.</summary>
internal interface ILaneItem
{
    /// <summary>Items of the same lane are handled in the order in which they were posted.</summary>
    string Lane { get; }

    /// <summary>Cancelled when the item need not be started any more, nor tried again.</summary>
    CancellationToken Dropped { get; }

    /// <summary>Whether it is handled without any other, because it failed, or a batch with it did.</summary>
    bool Alone { get; }

    /// <summary>After an attempt: null when it is finished, else the time until the next.</summary>
    TimeSpan? Again { get; }
}
