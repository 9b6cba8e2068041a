using System.Diagnostics;
using EventDriven.Chaos.Faults;
using EventDriven.Chaos.Running;

namespace EventDriven.Chaos.Deployments;

/// <summary>A fault that the user's commands make and undo. It took effect when both succeeded.</summary>
internal sealed class CommandFault(DeploymentFault fault) : IFault
{
    private const string Shell = "/bin/sh";

    // Ctrl+C goes to all programs of a terminal: the run decides what it means for a command.
    private const string WithoutCtrlC = "trap '' INT;";

    // What a command leaves running in the background may keep its output open.
    private static readonly TimeSpan OutputBound = TimeSpan.FromSeconds(1);

    private string _said = "";

    // What it has broken outlives the run.
    public TimeSpan UndoBound => TimeSpan.FromMinutes(2);

    public async Task BeginAsync(CancellationToken cancellationToken) =>
        _said = await RunAsync(nameof(fault.Begin), fault.Begin, cancellationToken);

    public async Task<FaultEffect> EndAsync(CancellationToken cancellationToken)
    {
        if (fault.End is not null)
        {
            _said = $"{_said} {await RunAsync(nameof(fault.End), fault.End, cancellationToken)}";
        }

        return new FaultEffect(true, _said.Trim() is { Length: > 0 } said ? said : "its commands succeeded");
    }

    /// <returns>The last line of its output.</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    /// <exception cref="TimeoutException">It was killed, because it had not ended in time.</exception>
    private async Task<string> RunAsync(string which, string command, CancellationToken cancellationToken)
    {
        // A command may have a password in it, and a message is kept.
        var name = $"command '{which.ToLowerInvariant()}' of {fault.Name}";
        using var process = Process.Start(new ProcessStartInfo(Shell, ["-c", $"{WithoutCtrlC} {command}"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException exception)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The {name} had not ended in time, and was killed: look what it has left.", exception);
        }

        return process.ExitCode == 0 ? await SaidAsync(output) : throw new InvalidOperationException(
            $"The {name} ended with exit code {process.ExitCode}: {await SaidAsync(errors)}");
    }

    private static async Task<string> SaidAsync(Task<string> output)
    {
        try
        {
            return LastLine.Of(await output.WaitAsync(OutputBound, TimeProvider.System));
        }
        catch (TimeoutException)
        {
            return "";
        }
    }
}
