using System.Text.RegularExpressions;

namespace Checkout.Api.Customers;

/// <summary>
/// Defines a valid e-mail address: the WHATWG HTML standard's rule ("valid e-mail address") within SMTP's lengths (RFC 5321).
/// </summary>
internal static partial class EmailAddress
{
    /// <summary>Longest address, in characters.</summary>
    public const int MaxLength = 254;

    private const int MaxLocalLength = 64;

    /// <summary>Whether it is a valid address.</summary>
    public static bool IsValid(string? email) =>
        email is { Length: <= MaxLength } && Shape().IsMatch(email) && email.IndexOf('@', StringComparison.Ordinal) <= MaxLocalLength;

    /// <summary>The normalized form, in which different spellings of an address are equal.</summary>
    public static string Normalize(string email) => email.ToLowerInvariant();

    // \z instead of $, which would allow a line break at the end, and with it a forged mail header.
    [GeneratedRegex(
        @"^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
        + @"(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Shape();
}
