using System.CommandLine;
using EventDriven.Hosting;

namespace EventDriven.AppHost;

/// <summary>The AppHost's command line.</summary>
/// <param name="Servers">How servers run that no connection string names; null chooses automatically.</param>
/// <param name="Ephemeral">Keep nothing.</param>
/// <param name="Demo">Place orders, show their results, and stop.</param>
/// <param name="DataDirectory">Folder of the servers' data; null means <c>.local/</c>.</param>
/// <param name="Dashboard">Start the dashboard.</param>
/// <param name="Others">Arguments for Aspire, such as <c>--operation publish</c>, and settings such as <c>Replicas=2</c>.</param>
internal sealed record AppHostArguments(
    ServerPlacement? Servers, bool Ephemeral, bool Demo, string? DataDirectory, bool Dashboard, IReadOnlyList<string> Others)
{
    /// <summary>Reads the command line and runs the application, or prints help or errors.</summary>
    /// <returns>The exit code: that of the run, or 2 for an invalid command line.</returns>
    public static async Task<int> RunAsync(string[] args, Func<AppHostArguments, Task<int>> run)
    {
        const int UsageError = 2;
        var servers = new Option<ServerPlacement?>("--servers")
        {
            Description = "How servers run that no connection string names: as containers, or as processes from the operating system's "
                + "packages. Default: containers if a runtime answers.",
            HelpName = "containers|processes",
        };
        var ephemeral = new Option<bool>("--ephemeral") { Description = "Keep nothing: a temporary folder, containers without volumes." };
        var demo = new Option<bool>("--demo")
        {
            Description = "Place 50 orders, show what became of each, and stop; exit code 1 if any ended wrong.",
        };
        var data = new Option<string?>("--data")
        {
            Description = "Folder of the servers' data, logs and mails; .local/ unless told.",
            HelpName = "dir",
        };
        var noDashboard = new Option<bool>("--no-dashboard") { Description = "Don't start the Aspire dashboard." };
        var root = new RootCommand("Runs the EventDriven system.") { servers, ephemeral, demo, data, noDashboard };
        root.TreatUnmatchedTokensAsErrors = false;
        root.SetAction(parsed => run(new AppHostArguments(
            parsed.GetValue(servers),
            parsed.GetValue(ephemeral),
            parsed.GetValue(demo),
            parsed.GetValue(data),
            !parsed.GetValue(noDashboard),
            parsed.UnmatchedTokens)));

        var parsed = root.Parse(args);
        if (Mistyped(parsed.UnmatchedTokens) is { } mistyped)
        {
            await Console.Error.WriteLineAsync($"There is no option {mistyped}; --help lists them.");
            return UsageError;
        }

        // The run itself handles signals, to stop everything in order.
        var exitCode = await parsed.InvokeAsync(
            new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        return parsed.Errors.Count > 0 ? UsageError : exitCode;
    }

    /// <summary>
    /// The first argument that is neither an option of this program, nor an option of Aspire or a setting with a value; null if there is
    /// none.
    /// </summary>
    private static string? Mistyped(IReadOnlyList<string> others) => others.Contains("--operation")
        ? null
        : others.Where(
            (token, index) => IsOption(token) && !token.Contains('=', StringComparison.Ordinal)
                && (index + 1 == others.Count || IsOption(others[index + 1])))
            .FirstOrDefault();

    private static bool IsOption(string token) => token.StartsWith("--", StringComparison.Ordinal);

    /// <summary>The options as settings, for Aspire's builder.</summary>
    public string[] ToSettings() =>
    [
        .. Others,
        .. Servers is { } placement ? [$"Servers={placement}"] : Array.Empty<string>(),
        .. Ephemeral ? ["Ephemeral=true"] : Array.Empty<string>(),
        .. DataDirectory is { } directory ? [$"Data={directory}"] : Array.Empty<string>(),
    ];
}
