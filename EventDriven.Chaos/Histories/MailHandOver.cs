using System.Globalization;

namespace EventDriven.Chaos.Histories;

/// <summary>A mail as its sender handed it over: the same one more than once, if it was sent again.</summary>
/// <param name="MessageId">Its <c>Message-ID</c>, without the domain.</param>
/// <param name="At">When.</param>
internal sealed record MailHandOver(string MessageId, DateTimeOffset At)
{
    /// <summary>For a history.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"mail {MessageId} handed over at {At:O}");
}
