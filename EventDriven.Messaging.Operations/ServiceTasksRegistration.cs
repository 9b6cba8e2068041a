using EventDriven.Messaging.Operations.Rebuild;
using EventDriven.Messaging.Operations.Rehearsal;
using EventDriven.Messaging.Operations.Tasks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EventDriven.Messaging.Operations;

/// <summary>Adds to a service what operators ask of its program.</summary>
public static class ServiceTasksRegistration
{
    /// <summary>Lets the service's program rebuild its read model and rehearse its handlers: see <see cref="ServiceTasks.RunServiceAsync"/>.</summary>
    /// <typeparam name="TContext">The service's own database.</typeparam>
    public static IServiceCollection AddServiceTasks<TContext>(this IServiceCollection services)
        where TContext : DbContext => services
        .AddSingleton<IServiceTask, RebuildTask<TContext>>()
        .AddSingleton<IServiceTask, RehearseTask<TContext>>();
}
