namespace Notifications.Worker.Sending.Smtp;

/// <summary>Sends messages by SMTP.</summary>
internal sealed class SmtpTransport(SmtpServer server) : IMailTransport
{
    public IMailSession Open() => new SmtpSession(server);

    public void Withdraw(IEnumerable<string> messageIds)
    {
        // The mail server has them, and nothing is kept here.
    }
}
