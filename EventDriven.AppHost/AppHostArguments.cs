using System.CommandLine;

namespace EventDriven.AppHost;

/// <summary>The AppHost's command line.</summary>
/// <param name="Local">Run without containers even where Aspire is compiled in.</param>
/// <param name="Ephemeral">Keep nothing.</param>
/// <param name="Demo">Place orders, show what became of them, and stop.</param>
/// <param name="DataDirectory">Folder of the local mode's data; null means <c>.local/</c>.</param>
/// <param name="Dashboard">Start the dashboard where it is installed (local mode).</param>
/// <param name="Others">What Aspire is to read, such as <c>--operation publish</c>.</param>
internal sealed record AppHostArguments(
    bool Local, bool Ephemeral, bool Demo, string? DataDirectory, bool Dashboard, IReadOnlyList<string> Others)
{
    /// <summary>Reads the command line and runs what it asks for; prints help or errors instead when it asks for those.</summary>
    /// <returns>The exit code: the run's, or 2 for a command line that can't be understood.</returns>
    public static async Task<int> RunAsync(string[] args, bool othersAllowed, Func<AppHostArguments, Task<int>> run)
    {
        const int UsageError = 2;
        var local = new Option<bool>("--local") { Description = "Run without containers: servers from the operating system's packages, services as plain processes." };
        var ephemeral = new Option<bool>("--ephemeral") { Description = "Keep nothing: a temporary folder (local mode), containers without volumes (Aspire)." };
        var demo = new Option<bool>("--demo") { Description = "Place 50 orders, show what became of each, and stop; exit code 1 if any ended wrong." };
        var data = new Option<string?>("--data") { Description = "Folder of the local mode's data; .local/ unless told.", HelpName = "dir" };
        var noDashboard = new Option<bool>("--no-dashboard") { Description = "Local mode: don't start the Aspire dashboard." };
        var root = new RootCommand("Runs the EventDriven system.") { local, ephemeral, demo, data, noDashboard };
        root.TreatUnmatchedTokensAsErrors = !othersAllowed;
        root.SetAction(parsed => run(new AppHostArguments(
            parsed.GetValue(local),
            parsed.GetValue(ephemeral),
            parsed.GetValue(demo),
            parsed.GetValue(data),
            !parsed.GetValue(noDashboard),
            parsed.UnmatchedTokens)));

        var parsed = root.Parse(args);

        // Stopping on a signal, in order and in its own time, is the run's business.
        var exitCode = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        return parsed.Errors.Count > 0 ? UsageError : exitCode;
    }
}
