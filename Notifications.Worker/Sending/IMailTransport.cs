namespace Notifications.Worker.Sending;

/// <summary>Sends messages to a mail server or to files.</summary>
internal interface IMailTransport
{
    /// <summary>Starts a batch. It connects with its first message.</summary>
    IMailSession Open();

    /// <summary>Removes the copies of messages that this transport keeps itself. Mails that were delivered stay.</summary>
    /// <param name="messageIds">Their <c>Message-ID</c>, without the domain.</param>
    void Withdraw(IEnumerable<string> messageIds);
}
