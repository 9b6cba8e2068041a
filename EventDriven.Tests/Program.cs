using EventDriven.Tests.Messaging.Host;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace EventDriven.Tests;

/// <summary>Runs the tests, as the entry point that xunit would generate does; or one of the services that a test kills.</summary>
internal static class Program
{
    /// <summary>Whether the run was asked for unit tests alone, which need no servers.</summary>
    public static bool RunsUnitTestsOnly { get; private set; }

    public static Task<int> Main(string[] args)
    {
        RunsUnitTestsOnly = args.Contains($"{UnitTest.Trait}={UnitTest.Value}", StringComparer.Ordinal);
        return RunAsync(args);
    }

    private static Task<int> RunAsync(string[] args) => args switch
    {
        [NoteProcess.Argument, var options] => NoteProcess.RunAsync(options),
        _ when args.Any(arg => arg is "-automated" or "@@") => ConsoleRunner.Run(args),
        _ => TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
    };
}
