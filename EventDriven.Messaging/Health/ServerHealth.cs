using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EventDriven.Messaging.Health;

/// <summary>Health checks of servers that a service can do without for a while.</summary>
internal static class ServerHealth
{
    // A server that neither answers nor refuses must not block a probe.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(4);

    /// <summary>Adds a check, once, that degrades the service while its server doesn't answer.</summary>
    public static void AddServerHealth<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THealth>(
        this IServiceCollection services, string name)
        where THealth : class, IHealthCheck
    {
        if (services.All(service => service.ServiceType != typeof(THealth)))
        {
            services.AddSingleton<THealth>();
            services.AddHealthChecks().AddCheck<THealth>(name, HealthStatus.Degraded, tags: [], timeout: Bound);
        }
    }
}
