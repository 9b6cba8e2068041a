using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace Notifications.Worker.Contacts;

/// <summary>
/// Accepts valid e-mail addresses: the WHATWG HTML standard's rule ("valid e-mail address") within SMTP's lengths (RFC 5321). Such an
/// address can't forge a mail header.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal sealed partial class MailAddressAttribute() : ValidationAttribute("{0} must be an e-mail address.")
{
    private const int MaxLength = 254;
    private const int MaxLocalLength = 64;

    /// <summary>True for null, too: whether it may be missing, the record's type says.</summary>
    public override bool IsValid(object? value) => value is null
        || (value is string { Length: <= MaxLength } address
            && Shape().IsMatch(address)
            && address.IndexOf('@', StringComparison.Ordinal) <= MaxLocalLength);

    [GeneratedRegex(
        @"^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
        + @"(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Shape();
}
