using EventDriven.Cli;
using EventDriven.Cli.Audit;

namespace EventDriven.Tests.Cli;

/// <summary>Who is asked before something is changed. What is recorded is forgotten.</summary>
internal sealed class Asked(bool answer)
{
    /// <summary>Nobody: a script.</summary>
    public static OperatorChanges Nobody { get; } = Recording(new Confirmation(ask: null, askReason: null), new MemoryTrail());

    /// <summary>What was asked, oldest first, without the question for the reason.</summary>
    public List<string> Questions { get; } = [];

    /// <summary>Somebody who always gives the same answer.</summary>
    public OperatorChanges Somebody => By((question, _) =>
    {
        Questions.Add(question);
        return Task.FromResult(answer);
    });

    /// <summary>Somebody who answers in a way of their own, and always has the same reason.</summary>
    public static OperatorChanges By(Func<string, CancellationToken, Task<bool>> ask) =>
        Recording(new Confirmation(ask, _ => Task.FromResult("a test")), new MemoryTrail());

    /// <summary>Records in a trail that a test sees.</summary>
    public static OperatorChanges Recording(Confirmation confirmation, MemoryTrail trail) =>
        Recording(confirmation, trail, TimeProvider.System);

    /// <summary>With a clock of its own.</summary>
    public static OperatorChanges Recording(Confirmation confirmation, MemoryTrail trail, TimeProvider time) =>
        new(confirmation, (_, _) => trail, time);
}
