using System.Diagnostics;
using System.Globalization;
using EventDriven.Hosting.Data;
using EventDriven.Hosting.Services;
using Microsoft.Extensions.DependencyInjection;

namespace EventDriven.AppHost.Model;

/// <summary>Adds operator commands and links to a service in the dashboard. The commands run <c>./eventdriven</c>.</summary>
internal static class OperatorCommands
{
    private const string From = "from";
    private const string Because = "because";
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(5);

    public static IResourceBuilder<ProjectResource> WithOperatorCommands(this IResourceBuilder<ProjectResource> service)
    {
        if (service.ApplicationBuilder.ExecutionContext.IsPublishMode)
        {
            return service;
        }

        var group = Group(service.Resource.Name);
        return service
            .WithUrlForEndpoint("http", _ => Link("/scalar", "API reference"))
            .WithUrlForEndpoint("http", _ => Link("/health", "Health"))
            .WithUrlForEndpoint("http", _ => Link("/lag", "Lag"))
            .WithCommand("lag", "Lag", context => RunAsync(context, ["lag", "--group", group]), new CommandOptions
            {
                Description = "How far this service's group is behind, in events and in seconds.",
                IconName = "Timer",
            })
            .WithCommand(
                "redrive",
                "Redrive dead letters",
                context => RunAsync(
                    context,
                    [
                        "dead-letters", "redrive", "--all", "--wait", "--yes", "--group", group,

                        // The command refuses an empty one.
                        "--because", context.Arguments[Because].Value ?? "",
                    ]),
                new CommandOptions
                {
                    Arguments =
                    [
                        new InteractionInput
                        {
                            Name = Because,
                            Label = "Reason",
                            Description = "It is recorded in the audit trail: ./eventdriven audit",
                            InputType = InputType.Text,
                            Required = true,
                        },
                    ],
                    Description = "Redrives every dead letter of this service's group, with the events that it blocks, in order.",
                    ConfirmationMessage = "Redrive all dead letters of this group?",
                    IconName = "ArrowRepeatAll",
                })
            .WithCommand(
                "rehearse",
                "Rehearse a replay",
                context => RunAsync(context, ["rehearse", "--group", group, "--from", context.Arguments[From].Value ?? "1h"]),
                new CommandOptions
                {
                    Description = "Runs this service's handlers over old events, rolls everything back and shows what would have changed.",
                    Arguments =
                    [
                        new InteractionInput
                        {
                            Name = From,
                            Label = "From",
                            Description = "beginning, offset:120, a time (2026-11-23T10:00:00Z) or a time ago (90s, 15m, 2h, 7d)",
                            InputType = InputType.Text,
                            Value = "1h",
                            Required = true,
                        },
                    ],
                    IconName = "PlayCircle",
                });
    }

    private static ResourceUrlAnnotation Link(string path, string text) => new() { Url = path, DisplayText = text };

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
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        process.Start();
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
