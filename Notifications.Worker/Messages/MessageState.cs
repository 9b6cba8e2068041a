namespace Notifications.Worker.Messages;

/// <summary>The state of a message.</summary>
internal enum MessageState
{
    /// <summary>Waiting to be sent: now, at its next attempt, or once its address is known.</summary>
    Pending,

    /// <summary>The mail server accepted it, or its file was written.</summary>
    Sent,

    /// <summary>The mail server refused it permanently.</summary>
    Refused,

    /// <summary>The customer was forgotten: the message's copy, where one is kept, is about to be removed.</summary>
    Withdrawing,

    /// <summary>The customer was forgotten: it is not sent any more, and no copy is kept.</summary>
    Forgotten,
}
