namespace Notifications.Worker.Sending.Smtp;

/// <summary>Sends messages by SMTP.</summary>
internal sealed class SmtpTransport(SmtpServer server) : IMailTransport
{
    public IMailSession Open() => new SmtpSession(server);
}
