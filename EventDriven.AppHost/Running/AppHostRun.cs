using EventDriven.AppHost.Demo;
using EventDriven.AppHost.Payments;
using EventDriven.AppHost.Targets;
using EventDriven.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace EventDriven.AppHost.Running;

/// <summary>Runs the application in a terminal: starts it, shows the addresses, and then waits for Ctrl-C or runs the demo.</summary>
internal static class AppHostRun
{
    private const int Done = 0;
    private const int Failed = 1;
    private const int Interrupted = 130;
    private const int WidthWithoutTerminal = 160;
    private const string PublishersNamespace = "Aspire.Hosting.Publishing";

    // Container images may have to be pulled first.
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(10);

    /// <returns>
    /// The exit code: 1 if the application could not start or be published, or an order of the demo ended wrong, 130 if the demo
    /// or the publication was stopped.
    /// </returns>
    public static async Task<int> RunAsync(AppHostArguments arguments, Action<IDistributedApplicationBuilder> describe)
    {
        if (Console.IsOutputRedirected)
        {
            // Lines are not wrapped in a file or a pipe.
            AnsiConsole.Profile.Width = WidthWithoutTerminal;
        }

        try
        {
            try
            {
                return await RunOnceAsync(arguments, describe);
            }
            catch (ContainerFailedException exception)
            {
                await Console.Error.WriteLineAsync(
                    $"{exception.Message} Starting again with processes. --servers containers|processes chooses explicitly.");
                return await RunOnceAsync(arguments with { Servers = ServerPlacement.Processes }, describe);
            }
        }
        catch (HostingException exception)
        {
            await Console.Error.WriteLineAsync($"error: {exception.Message}");
            return Failed;
        }
    }

    private static async Task<int> RunOnceAsync(AppHostArguments arguments, Action<IDistributedApplicationBuilder> describe)
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            Args = arguments.ToSettings(),
            DisableDashboard = !arguments.Dashboard,
            AllowUnsecuredTransport = true,
        });

        // These categories log the dashboard's requests, several a second, and services that are still starting as errors. A failed start
        // is reported by this class.
        builder.Services.AddLogging(logging => logging
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None)
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None)
            .AddFilter("Aspire.Hosting", LogLevel.Warning));
        var dashboard = arguments.Dashboard && builder.ExecutionContext.IsRunMode ? Dashboard.Configure(builder) : null;
        await using var application = await BuildAsync(builder, describe);
        if (builder.ExecutionContext.IsPublishMode)
        {
            // A background service of Aspire's publishes. When it fails it says so, and the host stops and ends as if nothing had happened.
            var publisher = application.Services.GetServices<IHostedService>().OfType<BackgroundService>()
                .Single(service => service.GetType().Namespace == PublishersNamespace);
            await application.RunAsync();
            return publisher.ExecuteTask switch
            {
                { IsCompletedSuccessfully: true } => Done,
                { IsFaulted: true } => Failed,
                _ => Interrupted,
            };
        }

        return await RunAsync(application, arguments, dashboard);
    }

    private static async Task<DistributedApplication> BuildAsync(
        IDistributedApplicationBuilder builder, Action<IDistributedApplicationBuilder> describe)
    {
        try
        {
            var target = builder.ExecutionContext.IsPublishMode ? DeploymentTarget.Of(builder) : null;
            target?.Prepare(builder);
            describe(builder);
            if (target is not null)
            {
                await target.AddToAsync(builder, CancellationToken.None);
            }

            return builder.Build();
        }
        catch
        {
            ServerHost.Abandon(builder);
            throw;
        }
    }

    private static async Task<int> RunAsync(DistributedApplication application, AppHostArguments arguments, string? dashboard)
    {
        var stopping = application.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        AnsiConsole.WriteLine("Starting ...");
        if (dashboard is not null)
        {
            // Not through Spectre's console, which would break the link at the terminal's width.
            await AnsiConsole.Profile.Out.Writer.WriteLineAsync($"Dashboard: {dashboard}");
        }

        try
        {
            await StartAsync(application, stopping);
            ResourceTable.Write(AnsiConsole.Console, application);
            var data = application.Services.GetRequiredService<ServerHost>().Data;
            if (arguments.Demo)
            {
                var provider = new WebhookSigner([Settings.WebhookSecret(data)], TimeProvider.System);
                return await DemoRun.RunAsync(
                    Addresses(application), provider, Identities.Issuer(data), AnsiConsole.Console, stopping);
            }

            if (ControlRoom.SignInLink(application) is { } controlRoom)
            {
                // As the dashboard's.
                await AnsiConsole.Profile.Out.Writer.WriteLineAsync($"Control room: {controlRoom}");
            }

            AnsiConsole.MarkupLineInterpolated($"Logs and mails are in [blue]{data.Path}[/]. [bold]Ctrl-C[/] stops everything.");
            await Task.Delay(Timeout.Infinite, stopping);
            return Done;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return arguments.Demo ? Interrupted : Done;
        }
        finally
        {
            await application.StopAsync(CancellationToken.None);
            AnsiConsole.WriteLine("Everything has stopped.");
        }
    }

    /// <exception cref="HostingException">A resource can't start, or takes too long.</exception>
    private static async Task StartAsync(DistributedApplication application, CancellationToken stopping)
    {
        using var start = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        start.CancelAfter(StartTimeout);
        try
        {
            await StartUp.RunAsync(application, start.Token);
        }
        catch (OperationCanceledException exception) when (!stopping.IsCancellationRequested)
        {
            throw new HostingException(
                $"Not everything was healthy within {StartTimeout.TotalMinutes:0} min. The output of each resource is in "
                + $"{application.Services.GetRequiredService<ServerHost>().Data.Path}/logs.",
                exception);
        }
    }

    private static DemoAddresses Addresses(DistributedApplication application) => new(
        Url(application, "checkout"), Url(application, "inventory"), Url(application, "notifications"), Url(application, "analytics"));

    private static Uri Url(DistributedApplication application, string service) => new(
        application.Services.GetRequiredService<DistributedApplicationModel>().Resources.OfType<ProjectResource>()
            .Single(resource => resource.Name == service)
            .GetEndpoint("http").Url);
}
