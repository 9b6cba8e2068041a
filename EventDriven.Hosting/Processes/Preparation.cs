using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Logging;

namespace EventDriven.Hosting.Processes;

/// <summary>Runs a program to its end before a server starts. Its output goes to the server's log.</summary>
internal static class Preparation
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    /// <exception cref="HostingException">
    /// The program can't be started, failed or took too long; the message includes its output.
    /// </exception>
    public static async Task RunAsync(
        IReadOnlyList<string> command, string workingDirectory, ILogger log, CancellationToken cancellationToken)
    {
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bounded.CancelAfter(Timeout);
        var output = new StringBuilder();
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(command[0], command.Skip(1))
            {
                UseShellExecute = false,
                WorkingDirectory = workingDirectory,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        try
        {
            process.Start();
            process.StandardInput.Close();
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            await process.WaitForExitAsync(bounded.Token);
        }
        catch (Win32Exception exception)
        {
            throw new HostingException($"{command[0]} can't be started: {exception.Message}", exception);
        }
        catch (OperationCanceledException exception)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            cancellationToken.ThrowIfCancellationRequested();
            throw new HostingException($"{command[0]} took longer than {Timeout}:{Environment.NewLine}{output}", exception);
        }

        if (process.ExitCode != 0)
        {
            throw new HostingException($"{command[0]} ended with exit code {process.ExitCode}:{Environment.NewLine}{output}");
        }

        void Note(string? line)
        {
            if (line is { Length: > 0 })
            {
                lock (output)
                {
                    output.AppendLine(line);
                }

#pragma warning disable CA1848, CA2254 // A program's own line, which has no template.
                log.LogInformation(line);
#pragma warning restore CA1848, CA2254
            }
        }
    }
}
