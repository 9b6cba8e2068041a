using EventDriven.Chaos.Checking.Rules;

namespace EventDriven.Chaos.Checking.Effects;

/// <summary>
/// Each message that was sent is a mail, each mail is of a message, and a mail that was sent twice has the same <c>Message-ID</c>. Nothing
/// is left of the mails of forgotten customers, and no message to a known address waits for ever.
/// </summary>
internal sealed class MailRule() : Rule("L11")
{
    public override IEnumerable<Finding> Check(CheckedRun run)
    {
        var notifications = run.Evidence.Notifications;
        var messages = notifications.Messages.ToLookup(message => message.MessageId, StringComparer.Ordinal);
        var mails = notifications.Mails?.ToHashSet(StringComparer.Ordinal);
        foreach (var message in notifications.Messages)
        {
            var problem = message.State switch
            {
                "Sent" when mails?.Contains(message.MessageId) == false => "was sent, and there is no mail of it",
                "Forgotten" when mails?.Contains(message.MessageId) == true => "was withdrawn, and its mail is still there",
                "Withdrawing" => "was to be withdrawn, and was not",
                "Pending" when notifications.Addressed.ContainsKey(message.About) => "waits, although its address is known",
                _ => null,
            };
            if (problem is not null)
            {
                yield return Finding.Of($"Message {message.MessageId} {problem}.", message);
            }
        }

        foreach (var unknown in mails?.Where(mail => !messages.Contains(mail)) ?? [])
        {
            yield return Finding.Of("A mail was sent that is of no message.", $"mail {unknown}");
        }
    }
}
