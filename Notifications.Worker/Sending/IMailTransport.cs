namespace Notifications.Worker.Sending;

/// <summary>Sends messages to a mail server or to files.</summary>
internal interface IMailTransport
{
    /// <summary>Starts a batch. It connects with its first message.</summary>
    IMailSession Open();
}
