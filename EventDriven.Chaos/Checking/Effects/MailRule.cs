using EventDriven.Chaos.Checking.Rules;
using EventDriven.Chaos.Histories;

namespace EventDriven.Chaos.Checking.Effects;

/// <summary>
/// Each message that was sent is a mail, each mail is of a message, and a mail that was sent twice has the same <c>Message-ID</c>, and had
/// a reason: its sender or its database had trouble before that was noted. Nothing is left of the mails of forgotten customers, unless
/// their sender was stopped for longer than its lease, and no message to a known address waits for ever.
/// </summary>
internal sealed class MailRule() : Rule("L11")
{
    private const string Service = "notifications";
    private const string Database = "postgres";

    // Mail:Lease, as Notifications has it unless it is set.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    // So long noting what was sent may take (ADR 0009), and what troubled it may be over by then.
    private static readonly TimeSpan Noting = TimeSpan.FromSeconds(5);

    public override IEnumerable<Finding> Check(CheckedRun run)
    {
        var notifications = run.Evidence.Notifications;
        var messages = notifications.Messages.ToLookup(message => message.MessageId, StringComparer.Ordinal);
        var mails = notifications.Mails?.ToHashSet(StringComparer.Ordinal);
        var wasStopped = run.Had(FaultKinds.PauseService, Service).Any(fault => fault.Ended - fault.Began > Lease);
        foreach (var message in notifications.Messages)
        {
            var problem = message.State switch
            {
                "Sent" when mails?.Contains(message.MessageId) == false => "was sent, and there is no mail of it",
                "Forgotten" when !wasStopped && mails?.Contains(message.MessageId) == true => "was withdrawn, and its mail is still there",
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

        // What may keep a sender from noting what it has sent.
        var troubles = run.History.Faults.Where(fault => fault.Fault.IsOf(Service) || fault.Fault.Target == Database).ToList();
        foreach (var (first, again) in run.History.Mails.GroupBy(mail => mail.MessageId, StringComparer.Ordinal)
            .SelectMany(same => same.Zip(same.Skip(1))))
        {
            if (!troubles.Exists(fault => fault.Began <= again.At && fault.Ended >= first.At - Noting))
            {
                yield return Finding.Of(
                    $"Mail {first.MessageId} was sent again, though nothing had happened to its sender or its database.",
                    [.. messages[first.MessageId], first, again]);
            }
        }
    }
}
