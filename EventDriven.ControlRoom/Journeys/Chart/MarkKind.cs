namespace EventDriven.ControlRoom.Journeys.Chart;

/// <summary>What a mark tells.</summary>
public enum MarkKind
{
    /// <summary>The request was handled.</summary>
    Request,

    /// <summary>The fact was committed.</summary>
    Commit,

    /// <summary>The event was on the log.</summary>
    Publish,

    /// <summary>A message was sent to the customer.</summary>
    Mail,

    /// <summary>A message to the customer is not sent.</summary>
    MailWaiting,

    /// <summary>A group has not told of the event.</summary>
    Silent,
}
