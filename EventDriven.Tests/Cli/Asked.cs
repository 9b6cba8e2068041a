using EventDriven.Cli;

namespace EventDriven.Tests.Cli;

/// <summary>Who is asked before something is changed.</summary>
internal sealed class Asked(bool answer)
{
    /// <summary>Nobody: a script.</summary>
    public static Confirmation Nobody { get; } = new(ask: null);

    /// <summary>What was asked, oldest first.</summary>
    public List<string> Questions { get; } = [];

    /// <summary>Somebody who always gives the same answer.</summary>
    public Confirmation Somebody => new((question, _) =>
    {
        Questions.Add(question);
        return Task.FromResult(answer);
    });
}
