using System.Buffers.Text;
using System.CommandLine;
using System.Text.Json;
using EventDriven.Cli.Servers;
using EventDriven.Identity;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Cli.Tokens;

/// <summary>The token with which a command calls services.</summary>
internal static class CallerToken
{
    /// <summary>Environment variable with a token of the identity provider.</summary>
    public const string Variable = "EVENTDRIVEN_TOKEN";

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    /// <summary>
    /// The token of <see cref="Variable"/>, else one of the local application's own issuer; null when there is neither, and the services
    /// decide what they tell.
    /// </summary>
    /// <param name="issuer">The issuer of the application that is called; null when its tokens are not ours to make.</param>
    /// <param name="scope">What the command needs.</param>
    public static string? Of(DevelopmentIssuer? issuer, string scope) =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given
            ? given
            : issuer?.Issue(new TokenRequest(Environment.UserName) { Scopes = [scope], Lifetime = Lifetime });

    /// <summary>Whom a token names (<c>sub</c>), which only the service checks; null when it can't be read.</summary>
    public static string? SubjectOf(string? token)
    {
        if (token?.Split('.') is not [_, var claims, _])
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(Base64Url.DecodeFromChars(claims));
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("sub", out var subject)
                ? subject.ToString()
                : null;
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return null;
        }
    }

    /// <summary>The issuer whose key is given as an environment variable.</summary>
    /// <exception cref="OperationFailedException">The key is invalid.</exception>
    public static DevelopmentIssuer? GivenIssuer() =>
        Environment.GetEnvironmentVariable(DevelopmentIssuer.KeyVariable) is { Length: > 0 } key ? Issuer(key) : null;

    /// <summary>The local application's own issuer of tokens; null when none runs.</summary>
    /// <exception cref="OperationFailedException">The key is invalid.</exception>
    public static DevelopmentIssuer? FindIssuer(ParseResult parsed) =>
        GivenIssuer() ?? (StateFile.Find(parsed, DevelopmentIssuer.KeyVariable) is { } key ? Issuer(key) : null);

    private static DevelopmentIssuer Issuer(string key)
    {
        try
        {
            return new DevelopmentIssuer(key, TimeProvider.System);
        }
        catch (FormatException exception)
        {
            throw new OperationFailedException(
                $"{DevelopmentIssuer.KeyVariable} is not the base64 of a key of 32 bytes or more.", ExitCode.Usage, exception);
        }
    }
}
