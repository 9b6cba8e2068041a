namespace Notifications.Worker.Sending;

/// <summary>The outcome of one attempt to send a message.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Error">The server's reply code, or the kind of failure; never its text, which may repeat the address.</param>
internal readonly record struct MailOutcome(MailVerdict Verdict, string? Error = null)
{
    public static MailOutcome Sent => new(MailVerdict.Sent);
}
