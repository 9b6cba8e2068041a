using Spectre.Console;

namespace EventDriven.LocalHost.Terminal;

/// <summary>The local application in a terminal: shows what runs where, and stops it in order when it is told to.</summary>
public static class LocalConsole
{
    private const int Done = 0;
    private const int Failed = 1;
    private const int WidthWithoutTerminal = 160;

    /// <summary>Starts the application, does the work, and stops everything again.</summary>
    /// <param name="options">How it runs.</param>
    /// <param name="work">What to do while it runs, such as waiting for Ctrl-C; its result is the exit code.</param>
    /// <returns>Exit code: what <paramref name="work"/> returned, 0 when it was told to stop, 1 when the application could not start.</returns>
    public static async Task<int> RunAsync(LocalApplicationOptions options, Func<LocalApplication, CancellationToken, Task<int>> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        WidenWithoutTerminal();
        using var stop = new StopSignals();
        try
        {
            var exitCode = await RunAsync(options, work, stop.Token);
            AnsiConsole.WriteLine("Everything has stopped.");
            return exitCode;
        }
        catch (LocalApplicationException exception)
        {
            await Console.Error.WriteLineAsync($"error: {exception.Message}");
            return Failed;
        }
    }

    /// <summary>In a file or a pipe a line may be as long as it is.</summary>
    private static void WidenWithoutTerminal()
    {
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = WidthWithoutTerminal;
        }
    }

    /// <summary>Waits until the user (Ctrl-C) or the system (SIGTERM) wants it to stop.</summary>
    public static async Task<int> WaitForStopAsync(LocalApplication application, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(application);
        AnsiConsole.MarkupLineInterpolated($"Logs and mails are in [blue]{application.DataDirectory}[/]. [bold]Ctrl-C[/] stops everything.");
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return Done;
    }

    private static async Task<int> RunAsync(
        LocalApplicationOptions options, Func<LocalApplication, CancellationToken, Task<int>> work, CancellationToken cancellationToken)
    {
        try
        {
            AnsiConsole.WriteLine("Starting ...");
            await using var application = await LocalApplication.StartAsync(options, cancellationToken);
            ResourceTable.Write(AnsiConsole.Console, application);
            return await work(application, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Done;
        }
    }
}
