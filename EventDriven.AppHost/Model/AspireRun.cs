#if ASPIRE
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using EventDriven.LocalHost.Demo;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Spectre.Console;

namespace EventDriven.AppHost.Model;

/// <summary>The application under Aspire.</summary>
internal static class AspireRun
{
    private const int Stopped = 1;

    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(10);

    public static async Task<int> RunAsync(AppHostArguments arguments)
    {
        await using var application = AppHost.Build(arguments);
        if (arguments.Demo)
        {
            return await DemoAsync(application);
        }

        await application.RunAsync();
        return 0;
    }

    private static async Task<int> DemoAsync(DistributedApplication application)
    {
        var stopping = application.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        try
        {
            using var start = CancellationTokenSource.CreateLinkedTokenSource(stopping);

            // Images may have to be pulled first.
            start.CancelAfter(StartTimeout);
            await application.StartAsync(start.Token);
            var urls = new List<Uri>();
            foreach (var service in (string[])["checkout", "inventory", "notifications", "analytics"])
            {
                await application.ResourceNotifications.WaitForResourceHealthyAsync(service, start.Token);
                urls.Add(Url(application, service));
            }

            return await DemoRun.RunAsync(new DemoAddresses(urls[0], urls[1], urls[2], urls[3]), AnsiConsole.Console, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return Stopped;
        }
        finally
        {
            await application.StopAsync();
        }
    }

    private static Uri Url(DistributedApplication application, string service) => new(
        application.Services.GetRequiredService<DistributedApplicationModel>().Resources
            .OfType<IResourceWithEndpoints>()
            .Single(resource => resource.Name == service)
            .GetEndpoint("http").Url);
}
#endif
