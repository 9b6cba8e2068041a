using EventDriven.LocalHost;
using EventDriven.LocalHost.Demo;
using EventDriven.LocalHost.Terminal;
using Spectre.Console;

namespace EventDriven.AppHost;

/// <summary>The application without containers.</summary>
internal static class LocalRun
{
    public static Task<int> RunAsync(AppHostArguments arguments)
    {
        var options = new LocalApplicationOptions
        {
            DataDirectory = arguments.DataDirectory,
            Ephemeral = arguments.Ephemeral,
            Dashboard = arguments.Dashboard,
            // The demo's tables are to be read; the services' lines are in the files.
            Output = arguments.Demo ? null : Console.Out,
        };
        return LocalConsole.RunAsync(options, arguments.Demo ? DemoAsync : LocalConsole.WaitForStopAsync);
    }

    private static Task<int> DemoAsync(LocalApplication application, CancellationToken cancellationToken)
    {
        var addresses = new DemoAddresses(
            application.Url("checkout"), application.Url("inventory"), application.Url("notifications"), application.Url("analytics"));
        return DemoRun.RunAsync(addresses, AnsiConsole.Console, cancellationToken);
    }
}
