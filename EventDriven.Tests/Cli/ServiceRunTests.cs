using System.Diagnostics;
using EventDriven.Messaging.Operations.Programs;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Tests.Cli;

/// <summary>What a command makes of what a service's program says, with a shell in its place.</summary>
public sealed class ServiceRunTests
{
    private const string Progress = """echo '{"kind":"progress","phase":"reading","done":1,"total":2,"eventsPerSecond":1}'""";
    private const string Stopped = """echo '{"kind":"failed","message":"Stopped. Nothing was changed.","exitCode":130}'""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_program_says_when_it_is_stopped_is_heard()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);

        // It reads a line where a real one is told by the terminal.
        using var program = Start($"{Progress}; read _; {Stopped}; exit 130");
        var following = ServiceRun.FollowAsync(program, "shell", _ => { }, stop.Token);

        await stop.CancelAsync();
        await program.StandardInput.WriteLineAsync();
        await program.StandardInput.FlushAsync(Token);

        var failed = await Assert.ThrowsAsync<OperationFailedException>(() => following);
        Assert.Equal(("Stopped. Nothing was changed.", ExitCode.Stopped), (failed.Message, failed.ExitCode));
    }

    [Fact]
    public async Task A_program_that_does_not_stop_is_ended()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using var program = Start($"{Progress}; read _");
        var following = ServiceRun.FollowAsync(program, "shell", _ => { }, stop.Token);

        await stop.CancelAsync();

        var failed = await Assert.ThrowsAsync<OperationFailedException>(() => following);
        Assert.Equal(ExitCode.Stopped, failed.ExitCode);
        await program.WaitForExitAsync(Token);
    }

    [Theory]
    [InlineData("echo '{\"kind\":\"unheard-of\"}'; echo '{broken'; echo why >&2; exit 4", "shell ended with 4 and no result. Is it the "
        + "program of this version, and are its connection strings set? why", ExitCode.Refused)]
    [InlineData("echo '{\"kind\":\"failed\",\"message\":\"No.\",\"exitCode\":3}'", "No.", ExitCode.Unreachable)]
    public async Task A_program_that_comes_to_nothing_is_a_failure(string script, string message, int exitCode)
    {
        using var program = Start(script);

        var failed = await Assert.ThrowsAsync<OperationFailedException>(() => ServiceRun.FollowAsync(program, "shell", _ => { }, Token));
        Assert.Equal((message, exitCode), (failed.Message, failed.ExitCode));
    }

    private static Process Start(string script) => Process.Start(new ProcessStartInfo("/bin/sh", ["-c", script])
    {
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
