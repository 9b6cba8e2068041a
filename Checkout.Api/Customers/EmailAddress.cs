using System.Text.RegularExpressions;

namespace Checkout.Api.Customers;

/// <summary>What counts as an e-mail address: the WHATWG HTML standard's rule ("valid e-mail address") within SMTP's lengths (RFC 5321).</summary>
internal static partial class EmailAddress
{
    /// <summary>Longest address, in characters.</summary>
    public const int MaxLength = 254;

    private const int MaxLocalLength = 64;

    /// <summary>Whether a message could be sent there.</summary>
    public static bool IsValid(string? email) =>
        email is { Length: <= MaxLength } && Shape().IsMatch(email) && email.IndexOf('@', StringComparison.Ordinal) <= MaxLocalLength;

    /// <summary>The form in which two ways of writing one address are equal.</summary>
    public static string Normalize(string email) => email.ToLowerInvariant();

    // \z and not $: the latter would let a line break through, and with it another header into the message.
    [GeneratedRegex(
        @"^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Shape();
}
