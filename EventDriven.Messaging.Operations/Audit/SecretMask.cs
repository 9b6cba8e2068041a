using System.Data.Common;
using System.Text.RegularExpressions;

namespace EventDriven.Messaging.Operations.Audit;

/// <summary>Takes secrets out of a text that is kept: those that this program was given, and what has the form of one.</summary>
/// <param name="secrets">The secrets that are known.</param>
public sealed partial class SecretMask(IEnumerable<string> secrets)
{
    private const string Masked = "***";

    // A shorter one would be found in words.
    private const int LeastLength = 6;

    // A shorter one may be a name that happens to be a password, too: that of a group, a topic or a service.
    private const int LeastArgumentLength = 16;

    // Longest first: a connection string before the password in it.
    private readonly IReadOnlyList<string> _secrets =
        [.. secrets.Where(secret => secret.Length >= LeastLength).Distinct().OrderByDescending(secret => secret.Length)];

    /// <summary>Knows the secrets in settings: the values of names such as password, and those in connection strings.</summary>
    /// <param name="settings">Environment variables or settings, by name.</param>
    public static SecretMask Of(IEnumerable<KeyValuePair<string, string>> settings) =>
        new(settings.SelectMany(setting => In(setting.Key, setting.Value)));

    /// <summary>The text without secrets.</summary>
    public string Apply(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Apply(text, _secrets);
    }

    /// <summary>
    /// An argument of a command line without what looks like a secret. What tells on what the command acts, such as a name or an id, stays,
    /// also where some environment variable has the same value.
    /// </summary>
    public string ApplyToArgument(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Apply(text, _secrets.Where(LooksSecret));
    }

    private static string Apply(string text, IEnumerable<string> secrets)
    {
        foreach (var secret in secrets)
        {
            text = text.Replace(secret, Masked, StringComparison.Ordinal);
        }

        text = Assignment().Replace(text, $"${{name}}={Masked}");
        text = Token().Replace(text, Masked);
        return UserInUrl().Replace(text, $"://{Masked}@");
    }

    private static bool LooksSecret(string secret) => secret.Length >= LeastArgumentLength
        && secret.Any(char.IsAsciiLetter) && secret.Any(char.IsAsciiDigit) && !Guid.TryParseExact(secret, "D", out _);

    private static IEnumerable<string> In(string name, string value)
    {
        if (SecretVariable().IsMatch(name) && !value.Contains(' ', StringComparison.Ordinal))
        {
            yield return value;
        }

        if (Parse(value) is { } settings)
        {
            foreach (string setting in settings.Keys)
            {
                if (SecretSetting().IsMatch(setting) && settings[setting] is string secret)
                {
                    yield return secret;
                }
            }
        }
    }

    private static DbConnectionStringBuilder? Parse(string value)
    {
        if (!value.Contains('=', StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            return new DbConnectionStringBuilder { ConnectionString = value };
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    // Not PWD, which is the folder.
    [GeneratedRegex(
        "(password|secret|token|access_?key|api_?key|masterkey|signingkeys__.*__value)",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex SecretVariable();

    [GeneratedRegex(
        "(password|passwd|pwd|secret|token|accesskey|apikey|jaas)",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex SecretSetting();

    [GeneratedRegex(
        """(?<name>(password|passwd|pwd|secret|token|accesskey|api_?key|jaas\.config)[\w.]*)\s*=\s*("[^"]*"|'[^']*'|[^;,\s]+)""",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Assignment();

    // A JSON Web Token, whole or without its signature.
    [GeneratedRegex(@"eyJ[\w-]{8,}\.[\w-]+(\.[\w-]*)?", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Token();

    [GeneratedRegex(@"://[^/\s@]+@", RegexOptions.NonBacktracking)]
    private static partial Regex UserInUrl();
}
