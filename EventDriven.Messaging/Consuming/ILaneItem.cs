namespace EventDriven.Messaging.Consuming;

/// <summary>Something that waits in a lane.</summary>
internal interface ILaneItem
{
    /// <summary>Items of the same lane are handled in the order in which they were posted.</summary>
    string Lane { get; }

    /// <summary>Cancelled when the item need not be started any more, nor tried again.</summary>
    CancellationToken Dropped { get; }

    /// <summary>Whether it is handled without any other, because it failed, or a batch with it did. Only the lanes write it.</summary>
    bool IsAlone { get; set; }
}
