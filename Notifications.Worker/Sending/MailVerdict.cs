namespace Notifications.Worker.Sending;

/// <summary>The result of one attempt to send a message.</summary>
internal enum MailVerdict
{
    /// <summary>The message was accepted.</summary>
    Sent,

    /// <summary>The message was refused permanently; retrying won't help.</summary>
    Refused,

    /// <summary>The customer was forgotten; nothing was sent.</summary>
    Forgotten,

    /// <summary>The message was refused temporarily and is tried again.</summary>
    Deferred,

    /// <summary>The server didn't answer; the rest of the batch is not tried.</summary>
    Unreachable,
}
