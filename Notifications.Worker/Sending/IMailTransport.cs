namespace Notifications.Worker.Sending;

/// <summary>Where messages go.</summary>
internal interface IMailTransport
{
    /// <summary>Starts a batch; nothing is connected before its first message.</summary>
    IMailSession Open();
}
