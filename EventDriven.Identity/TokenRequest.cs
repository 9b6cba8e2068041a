namespace EventDriven.Identity;

/// <summary>A token to issue.</summary>
/// <param name="Subject">Who it is of (<c>sub</c>): for a customer, the customer's id.</param>
public sealed record TokenRequest(string Subject)
{
    /// <summary>Longest lifetime.</summary>
    public static readonly TimeSpan MaxLifetime = TimeSpan.FromDays(1);

    /// <summary>What it allows.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>The subject's e-mail address (<c>email</c>); null for none.</summary>
    public string? Email { get; init; }

    /// <summary>Whom it is for (<c>aud</c>).</summary>
    public string Audience { get; init; } = Audiences.System;

    /// <summary>How long it is valid, from a second to <see cref="MaxLifetime"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is shorter or longer.</exception>
    public TimeSpan Lifetime
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.FromSeconds(1));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaxLifetime);
            field = value;
        }
    } = TimeSpan.FromHours(1);
}
