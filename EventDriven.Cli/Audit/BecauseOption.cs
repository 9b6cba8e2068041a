using System.CommandLine;
using EventDriven.Messaging.Operations.Changes;

namespace EventDriven.Cli.Audit;

/// <summary><c>--because</c>: why a command changes something. A command that has it is one that changes something.</summary>
internal static class BecauseOption
{
    public static Option<string?> Option { get; } = Create();

    /// <summary>What is wrong with a reason; null when nothing is.</summary>
    public static string? Problem(string? reason) =>
        string.IsNullOrWhiteSpace(reason) ? "Give a reason with --because. It is recorded." : ChangeRequest.ReasonProblem(reason);

    private static Option<string?> Create()
    {
        var because = new Option<string?>("--because")
        {
            Description = "The reason. It is recorded in the audit trail. Without it, you are asked.",
            HelpName = "text",
        };
        because.Validators.Add(result =>
        {
            if (Problem(result.GetValueOrDefault<string?>()) is { } problem)
            {
                result.AddError(problem);
            }
        });
        return because;
    }
}
