using System.ComponentModel;
using System.Diagnostics;

namespace EventDriven.Hosting;

/// <summary>Finds out whether a container runtime answers.</summary>
internal static class ContainerRuntime
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>The runtime in <c>ASPIRE_CONTAINER_RUNTIME</c>, Aspire's own setting, otherwise any.</summary>
    public static bool Answers() =>
        (Environment.GetEnvironmentVariable("ASPIRE_CONTAINER_RUNTIME") is { Length: > 0 } one ? [one] : (string[])["docker", "podman"])
            .Any(Answers);

    // Unlike --version, this command fails if the client has no engine.
    private static bool Answers(string runtime)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(runtime, ["info"])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            process.OutputDataReceived += (_, _) => { };
            process.ErrorDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            if (process.WaitForExit(Timeout))
            {
                return process.ExitCode == 0;
            }

            process.Kill(entireProcessTree: true);
            return false;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
