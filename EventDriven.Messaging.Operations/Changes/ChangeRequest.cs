namespace EventDriven.Messaging.Operations.Changes;

/// <summary>What an operator asks for, as the audit trail keeps it.</summary>
/// <param name="By">Who asks.</param>
/// <param name="Command">
/// What for: the command line, without the program's name and the reason. A page that offers the same has the plan's own command line.
/// </param>
/// <param name="Reason">Why; not empty, at most <see cref="MaxReasonLength"/> characters.</param>
public sealed record ChangeRequest(OperatorIdentity By, string Command, string Reason)
{
    /// <summary>Maximum length of a reason, in characters.</summary>
    public const int MaxReasonLength = 1000;

    /// <summary>What is wrong with a reason; null when nothing is.</summary>
    public static string? ReasonProblem(string? reason) =>
        string.IsNullOrWhiteSpace(reason) ? "Give a reason. It is recorded."
        : reason.Length > MaxReasonLength ? $"A reason has at most {MaxReasonLength} characters."
        : null;
}
