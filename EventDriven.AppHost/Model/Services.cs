#if ASPIRE
using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace EventDriven.AppHost.Model;

/// <summary>The services: projects that serve HTTP.</summary>
internal static class Services
{
    /// <summary>
    /// Adds a service in as many instances as the setting <c>Replicas</c> says, 1 unless told. Each is a resource (<c>checkout</c>, <c>checkout-2</c>):
    /// tests call and stop them one by one, and replicas of one resource share their address.
    /// </summary>
    /// <returns>The first instance, which other services refer to.</returns>
    public static IResourceBuilder<ProjectResource> AddService<TProject>(
        this IDistributedApplicationBuilder builder, string name, Action<IResourceBuilder<ProjectResource>> describe)
        where TProject : IProjectMetadata, new()
    {
        var first = builder.AddInstance<TProject>(name, describe);
        for (var number = 2; number <= Replicas(builder); number++)
        {
            builder.AddInstance<TProject>($"{name}-{number}", describe).WithEnvironment("OTEL_SERVICE_NAME", name);
        }

        return first;
    }

    /// <summary>
    /// Where the application is deployed to, the URL of the payment provider is asked for (<c>payment-provider</c>). Here Checkout has a stand-in, as long
    /// as it runs in the environment Development, as it does in the local mode.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithPaymentProvider(this IResourceBuilder<ProjectResource> service)
    {
        var application = service.ApplicationBuilder;
        if (!application.ExecutionContext.IsPublishMode)
        {
            return service.WithEnvironment("ASPNETCORE_ENVIRONMENT", "Development");
        }

        const string Name = "payment-provider";
        var provider = application.Resources.OfType<ParameterResource>().FirstOrDefault(parameter => parameter.Name == Name) is { } known
            ? application.CreateResourceBuilder(known)
            : application.AddParameter(Name);
        return service.WithEnvironment("Payments__Provider", provider);
    }

    private static IResourceBuilder<ProjectResource> AddInstance<TProject>(
        this IDistributedApplicationBuilder builder, string name, Action<IResourceBuilder<ProjectResource>> describe)
        where TProject : IProjectMetadata, new()
    {
        var instance = builder.AddProject<TProject>(name).WithHttpEndpoint().WithHttpHealthCheck("/health");
        describe(instance);
        return instance;
    }

    private static int Replicas(IDistributedApplicationBuilder builder) =>
        builder.Configuration["Replicas"] is { Length: > 0 } replicas ? int.Parse(replicas, CultureInfo.InvariantCulture) : 1;
}
#endif
