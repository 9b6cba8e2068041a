using System.Diagnostics;
using EventDriven.Chaos.Faults;

namespace EventDriven.Chaos.Deployments;

/// <summary>A fault that the user's commands make and undo. It took effect when both succeeded.</summary>
internal sealed class CommandFault(DeploymentFault fault) : IFault
{
    private const string Shell = "/bin/sh";
    private const int MostShown = 300;

    private string _said = "";

    public async Task BeginAsync(CancellationToken cancellationToken) => _said = await RunAsync(fault.Begin, cancellationToken);

    public async Task<FaultEffect> EndAsync(CancellationToken cancellationToken)
    {
        if (fault.End is not null)
        {
            _said = $"{_said} {await RunAsync(fault.End, cancellationToken)}";
        }

        return new FaultEffect(true, _said.Trim() is { Length: > 0 } said ? said : "its commands succeeded");
    }

    /// <returns>The last line of its output.</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    private static async Task<string> RunAsync(string command, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(Shell, ["-c", command])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            // One that says more than its last line fills no pipe.
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = await errors;
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0 ? LastLine(output) : throw new InvalidOperationException(
                $"'{command}' ended with exit code {process.ExitCode}: {LastLine(error)}");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static string LastLine(string output)
    {
        var line = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "";
        return line[..Math.Min(line.Length, MostShown)];
    }
}
