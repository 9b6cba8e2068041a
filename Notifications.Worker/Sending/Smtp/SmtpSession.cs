using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Notifications.Worker.Sending.Smtp;

/// <summary>One connection for a batch. It reconnects if the server closes the connection in between.</summary>
internal sealed class SmtpSession(SmtpServer server) : IMailSession
{
    private const int FirstPermanentCode = 500;

    private readonly SmtpClient _client = new();

    public async Task<MailOutcome> SendAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await ConnectAsync(cancellationToken);
            await _client.SendAsync(message, cancellationToken);
            return MailOutcome.Sent;
        }
        catch (SmtpCommandException exception)
        {
            return new MailOutcome(
                IsRefusalOfTheMessage(exception) ? MailVerdict.Refused : MailVerdict.Deferred,
                ((int)exception.StatusCode).ToString());
        }
        catch (Exception exception) when (exception is SocketException or IOException or OperationCanceledException or TimeoutException
            or ProtocolException or ServiceNotConnectedException or AuthenticationException or SslHandshakeException)
        {
            return new MailOutcome(MailVerdict.Unreachable, exception.GetType().Name);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            await _client.DisconnectAsync(quit: true, patience.Token);
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or ProtocolException)
        {
            // Every message has its answer; QUIT is only a courtesy.
        }

        _client.Dispose();
    }

    // A refused sender or login is a mistake in the configuration. The message can be sent once that is corrected.
    private static bool IsRefusalOfTheMessage(SmtpCommandException exception) =>
        (int)exception.StatusCode >= FirstPermanentCode
        && exception.ErrorCode is SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted;

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        if (_client.IsConnected)
        {
            return;
        }

        var security = server.TlsFromTheStart ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTlsWhenAvailable;
        await _client.ConnectAsync(server.Host, server.Port, security, cancellationToken);
        if (server.User is not null)
        {
            await _client.AuthenticateAsync(server.User, server.Password ?? "", cancellationToken);
        }
    }
}
