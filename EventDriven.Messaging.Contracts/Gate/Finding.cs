using EventDriven.Messaging.Contracts.Assemblies;

namespace EventDriven.Messaging.Contracts.Gate;

/// <summary>What the gate says about a contract.</summary>
/// <param name="IsError">Whether the build fails; otherwise it is a warning.</param>
/// <param name="Code">A code, EDC001 and so on.</param>
/// <param name="At">Where it stands.</param>
/// <param name="Message">What is wrong, whom it breaks, and what to do.</param>
internal sealed record Finding(bool IsError, string Code, SourceLocation At, string Message)
{
    /// <summary>As MSBuild and editors read it: <c>path(line,column): error EDC001: message</c>.</summary>
    public override string ToString() => $"{At}: {(IsError ? "error" : "warning")} {Code}: {Message}";
}
