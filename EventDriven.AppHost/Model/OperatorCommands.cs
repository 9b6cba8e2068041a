using System.Diagnostics;
using System.Globalization;
using EventDriven.Hosting.Data;
using EventDriven.Hosting.Services;
using Microsoft.Extensions.DependencyInjection;

namespace EventDriven.AppHost.Model;

/// <summary>
/// Adds operator commands and links to a service in the dashboard. The commands run <c>./eventdriven</c>, so what they change has a reason
/// and stands in the audit trail.
/// </summary>
internal static class OperatorCommands
{
    private const string Positions = "beginning, offset:120, a time (2026-11-23T10:00:00Z) or a time ago (90s, 15m, 2h, 7d)";
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(5);

    private static OperatorCommand[] All() =>
    [
        new(
            "lag",
            "Lag",
            "How far this service's group is behind, in events and in seconds.",
            "Timer",
            group => ["lag", "--group", group]),
        new(
            "redrive",
            "Redrive dead letters",
            "Redrives every dead letter of this service's group, with the events that it blocks, in order.",
            "ArrowRepeatAll",
            group => ["dead-letters", "redrive", "--all", "--wait", "--group", group, "--yes"])
        {
            Inputs = [Because()],
            Confirmation = "Redrive all dead letters of this group?",
        },
        new(
            "rehearse",
            "Rehearse a replay",
            "Runs this service's handlers over old events, rolls everything back and shows what would have changed.",
            "PlayCircle",
            group => ["rehearse", "--group", group])
        {
            Inputs = [Text("from", "From", Positions, "1h")],
        },
        new(
            "replay",
            "Replay",
            "Sets this service's group back on its log. Events in its inbox have no effect again. Rehearse it first.",
            "History",
            group => ["replay", "--group", group, "--yes"])
        {
            Inputs = [Text("from", "From", Positions, "1h"), Because()],
            Confirmation = "Deliver old events to this group again?",
        },
        new(
            "pause",
            "Pause",
            "Lets this service's group handle nothing for a while: its events wait on the log.",
            "Pause",
            group => ["pause", "--group", group, "--yes"])
        {
            Inputs = [Text("for", "For", "90s, 15m, 2h; a day at most. The pause ends by itself.", "15m"), Because()],
            Confirmation = "Let this group handle nothing?",
        },
        new(
            "resume",
            "Resume",
            "Ends the pause of this service's group.",
            "Play",
            group => ["resume", "--group", group, "--yes"])
        {
            Inputs = [Because()],
            Confirmation = "End the pause of this group?",
        },
    ];

    public static IResourceBuilder<ProjectResource> WithOperatorCommands(this IResourceBuilder<ProjectResource> service)
    {
        if (service.ApplicationBuilder.ExecutionContext.IsPublishMode)
        {
            return service;
        }

        service.WithOperatorLinks();
        foreach (var command in All())
        {
            service.WithCommand(
                command.Name,
                command.Title,
                context => RunAsync(context, command.With(Group(service.Resource.Name), context.Arguments)),
                new CommandOptions
                {
                    Description = command.Description,
                    IconName = command.Icon,
                    Arguments = command.Inputs,
                    ConfirmationMessage = command.Confirmation,
                });
        }

        return service;
    }

    private static InteractionInput Because() =>
        Text("because", "Reason", "It is recorded in the audit trail: ./eventdriven audit", value: null);

    private static InteractionInput Text(string name, string label, string description, string? value) => new()
    {
        Name = name,
        Label = label,
        Description = description,
        InputType = InputType.Text,
        Value = value,
        Required = true,
    };

    /// <summary>A service's group has the service's name; the second instance is the resource <c>checkout-2</c>.</summary>
    private static string Group(string instance) =>
        instance.LastIndexOf('-') is var dash and > 0
            && int.TryParse(instance.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? instance[..dash]
            : instance;

    private static async Task<ExecuteCommandResult> RunAsync(ExecuteCommandContext context, IReadOnlyList<string> arguments)
    {
        var state = context.Services.GetRequiredService<DataDirectory>().StatePath;
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        bounded.CancelAfter(Bound);
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(BuildOutput.DotNet, [BuildOutput.Program("EventDriven.Cli"), .. arguments, "--state", state])
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        process.Start();

        // Nobody is asked: the dashboard has.
        process.StandardInput.Close();
        try
        {
            var (output, error) =
                (process.StandardOutput.ReadToEndAsync(bounded.Token), process.StandardError.ReadToEndAsync(bounded.Token));
            await process.WaitForExitAsync(bounded.Token);
            var text = $"{await output}{await error}";
            return process.ExitCode == 0
                ? CommandResults.Success($"{arguments[0]}: done", text, CommandResultFormat.Text, displayImmediately: true)
                : CommandResults.Failure(
                    $"{arguments[0]} ended with exit code {process.ExitCode}",
                    new CommandResultData { Value = text, DisplayImmediately = true });
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
