using Spectre.Console;

namespace EventDriven.Tests.Cli;

/// <summary>What a command writes to standard output or error. Tests run one after another, so it is the command's own.</summary>
internal static class Output
{
    public static async Task<(int ExitCode, string Said)> OfAsync(Func<Task<int>> run)
    {
        // Spectre's console keeps the writer that there is when it is made: it must not be this one, which is gone for the next test.
        _ = AnsiConsole.Console;
        var output = Console.Out;
        using var said = new StringWriter();
        Console.SetOut(said);
        try
        {
            return (await run(), said.ToString());
        }
        finally
        {
            Console.SetOut(output);
        }
    }

    /// <summary>What it writes to standard error.</summary>
    public static async Task<(int ExitCode, string Errors)> OfErrorsAsync(Func<Task<int>> run)
    {
        var error = Console.Error;
        using var said = new StringWriter();
        Console.SetError(said);
        try
        {
            return (await run(), said.ToString());
        }
        finally
        {
            Console.SetError(error);
        }
    }
}
