using System.CommandLine;

namespace EventDriven.Cli.Programs;

/// <summary><c>--program</c>: the path of a service's program.</summary>
internal static class ProgramOption
{
    public static Option<string?> Option { get; } = new("--program")
    {
        Description = "The service's program, such as path/to/Analytics.Worker.dll. Default: the one that is built beside this command.",
        HelpName = "file",
    };
}
