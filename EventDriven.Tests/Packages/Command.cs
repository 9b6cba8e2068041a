using System.Diagnostics;

namespace EventDriven.Tests.Packages;

/// <summary>Runs a program to its end.</summary>
internal static class Command
{
    /// <summary>Runs <c>dotnet</c> in a folder.</summary>
    /// <returns>What it has written.</returns>
    /// <exception cref="InvalidOperationException">It failed; the message has what it has written.</exception>
    public static Task<string> DotnetAsync(string folder, string[] arguments, CancellationToken cancellationToken) =>
        RunAsync("dotnet", folder, arguments, cancellationToken);

    /// <summary>Runs a program in a folder.</summary>
    /// <returns>What it has written.</returns>
    /// <exception cref="InvalidOperationException">It failed; the message has what it has written.</exception>
    public static async Task<string> RunAsync(string program, string folder, string[] arguments, CancellationToken cancellationToken)
    {
        using var process = Start(program, folder, arguments, environment: []);
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        var written = await output + await errors;
        return process.ExitCode == 0
            ? written
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{written}");
    }

    /// <summary>Starts <c>dotnet</c> in a folder.</summary>
    public static Process Start(string folder, string[] arguments, Dictionary<string, string> environment) =>
        Start("dotnet", folder, arguments, environment);

    private static Process Start(string program, string folder, string[] arguments, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        // A server of the build would outlive the test, and hold its output open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment["DOTNET_NOLOGO"] = "1";
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} could not be started.");
    }
}
