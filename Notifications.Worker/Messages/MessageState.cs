namespace Notifications.Worker.Messages;

/// <summary>What became of a message.</summary>
internal enum MessageState
{
    /// <summary>To be sent: now, when its next attempt is due, or when its contact is known.</summary>
    Pending,

    /// <summary>The mail server took it, or its file was written.</summary>
    Sent,

    /// <summary>The mail server refused it for good.</summary>
    Refused,
}
