namespace EventDriven.Messaging.Consumer;

/// <summary>Something that waits in a lane.</summary>
internal interface ILaneItem
{
    /// <summary>Items of the same lane are handled one after another, in the order in which they were posted.</summary>
    string Lane { get; }

    /// <summary>Cancelled when the item need not be started any more, nor tried again.</summary>
    CancellationToken Dropped { get; }
}
