using System.Diagnostics;
using EventDriven.Hosting.Services;
using EventDriven.Identity;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Tests.Cli.Json;

namespace EventDriven.Tests.Application.Harness;

/// <summary>Runs programs beside the application, as an operator does: the commands, or a service's own program.</summary>
internal sealed class Operator(SystemUnderTest system)
{
    private static readonly string[] Databases =
        ["checkoutdb", "inventorydb", "notificationsdb", "analyticsdb", "recommendationsdb", "auditdb"];
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(2);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Runs a command of <c>./eventdriven</c> to its end.</summary>
    public async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] args)
    {
        using var process = await StartAsync("EventDriven.Cli", args);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(Token), process.StandardError.ReadToEndAsync(Token));
        await process.WaitForExitAsync(Token).WaitAsync(Bound, Token);
        return (process.ExitCode, await output, await error);
    }

    /// <summary>Runs a command that writes JSON lines; its last one.</summary>
    public async Task<(int ExitCode, TLine Result)> RunAsync<TLine>(params string[] args)
        where TLine : TaskLine
    {
        var (exitCode, output, error) = await RunAsync([.. args, "--json"]);
        Assert.True(output.Length > 0, error);
        DocumentedOutput.Check(args[0], output);
        var last = TaskLine.Parse(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1]);
        return last is TLine result ? (exitCode, result) : throw new InvalidOperationException($"{last}");
    }

    /// <summary>Starts a project's program.</summary>
    public async Task<Process> StartAsync(string project, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [BuildOutput.Service(project), .. args])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in (string[])["kafka", "redis", .. Databases])
        {
            start.Environment[$"ConnectionStrings__{name}"] = await system.ConnectionStringAsync(name);
        }

        // What else the state file of the running application would tell.
        start.Environment[DevelopmentIssuer.KeyVariable] = system.TokenKey;
        foreach (var service in SystemUnderTest.Services)
        {
            start.Environment[$"services__{service}__http__0"] = $"{system.Http(service).BaseAddress}";
        }

        return Process.Start(start)!;
    }
}
