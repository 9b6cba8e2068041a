namespace Notifications.Worker.Sending;

/// <summary>What came of one attempt to send a message.</summary>
internal enum MailVerdict
{
    /// <summary>Taken over.</summary>
    Sent,

    /// <summary>Refused for good; trying again won't help.</summary>
    Refused,

    /// <summary>Not now; worth another attempt.</summary>
    Deferred,

    /// <summary>Nobody there to ask; the rest of the batch needn't try.</summary>
    Unreachable,
}
