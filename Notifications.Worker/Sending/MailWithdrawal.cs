using Notifications.Worker.Messages;

namespace Notifications.Worker.Sending;

/// <summary>Removes the copies of forgotten customers' mails. If the process dies before its rows say so, it is done again.</summary>
internal sealed class MailWithdrawal(MailQueue queue, IMailTransport transport)
{
    /// <summary>Withdraws all that are due; those that are being sent at the moment follow when their sender is done.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (await queue.WithdrawingAsync(MailBatch.Size, cancellationToken) is { Count: > 0 } messages)
        {
            transport.Withdraw(messages.Select(message => MessageId.Of(message.Identity, message.Kind)));
            await queue.WithdrawnAsync(messages, cancellationToken);
        }
    }
}
