using Aspire.Hosting;

namespace EventDriven.Tests.AppHost;

/// <summary>An application model that a test describes, with the AppHost's projects.</summary>
internal static class DescribedModel
{
    /// <summary>Begins one, as the AppHost does with such arguments.</summary>
    public static IDistributedApplicationBuilder Begin(params string[] arguments) =>
        DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            AssemblyName = typeof(Projects.EventDriven_AppHost).Assembly.GetName().Name,
            DisableDashboard = true,
            Args = arguments,
        });
}
