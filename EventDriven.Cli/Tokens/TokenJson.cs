namespace EventDriven.Cli.Tokens;

/// <summary>A token.</summary>
/// <param name="Token">The token, for the header Authorization: Bearer.</param>
/// <param name="Subject">Whom it names.</param>
/// <param name="Audience">Whom it is for.</param>
/// <param name="Scopes">What it allows.</param>
/// <param name="ExpiresAt">When it ends.</param>
internal sealed record TokenJson(string Token, string Subject, string Audience, IReadOnlyList<string> Scopes, DateTimeOffset ExpiresAt);
