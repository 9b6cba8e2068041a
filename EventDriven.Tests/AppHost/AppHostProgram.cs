using System.Diagnostics;
using EventDriven.Hosting.Services;

namespace EventDriven.Tests.AppHost;

/// <summary>The AppHost as its users start it: a program with arguments and an environment.</summary>
internal static class AppHostProgram
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(6);

    // Whoever runs the tests may have set them.
    private static readonly string[] Settings = ["ConnectionStrings__", "Replicas", "Receipts", "Existing", "Acls"];

    /// <summary>Runs it to its end.</summary>
    /// <returns>Its exit code and what it wrote.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(string[] arguments, params (string Name, string Value)[] environment)
    {
        var token = TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo("dotnet", [BuildOutput.Program("EventDriven.AppHost"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(
            name => Settings.Any(setting => name.StartsWith(setting, StringComparison.OrdinalIgnoreCase))).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(token), process.StandardError.ReadToEndAsync(token));
            await process.WaitForExitAsync(token).WaitAsync(Bound, token);
            return (process.ExitCode, await output + await error);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
