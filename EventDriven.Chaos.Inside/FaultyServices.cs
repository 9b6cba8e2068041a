using System.Reflection;
using EventDriven.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EventDriven.Chaos.Inside;

/// <summary>Puts faults among a service's own services.</summary>
internal static class FaultyServices
{
    private static readonly Type[] Handlers = [typeof(IEventHandler<>), typeof(IEventBatchHandler<>)];

    private static readonly MethodInfo AddInterceptorMethod =
        typeof(FaultyServices).GetMethod(nameof(AddInterceptor), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>Makes the clock, the handlers and the databases do as the instructions say.</summary>
    public static void AddFaults(this IServiceCollection services, InstructionFile instructions)
    {
        services.AddSingleton<TimeProvider>(new WrongClock(instructions));
        var contexts = services.Select(service => service.ServiceType)
            .Where(type => type.IsConstructedGenericType && type.GetGenericTypeDefinition() == typeof(DbContextOptions<>))
            .Select(type => type.GenericTypeArguments[0]).Distinct().ToList();
        var faults = new HandlerFaults(instructions, contexts);
        contexts.ForEach(context => AddInterceptorMethod.MakeGenericMethod(context).Invoke(null, [services, faults]));
        for (var index = 0; index < services.Count; index++)
        {
            if (!services[index].IsKeyedService && IsHandler(services[index].ServiceType))
            {
                services[index] = Faulty(services[index], faults);
            }
        }
    }

    private static void AddInterceptor<TContext>(IServiceCollection services, HandlerFaults faults)
        where TContext : DbContext =>
        services.ConfigureDbContext<TContext>(options => options.AddInterceptors(faults));

    private static bool IsHandler(Type type) => type.GetInterfaces().Any(
        implemented => implemented.IsConstructedGenericType && Handlers.Contains(implemented.GetGenericTypeDefinition()));

    private static ServiceDescriptor Faulty(ServiceDescriptor handler, HandlerFaults faults) => ServiceDescriptor.Describe(
        handler.ServiceType,
        provider =>
        {
            faults.BeginAttempt(provider);
            return handler.ImplementationInstance ?? handler.ImplementationFactory?.Invoke(provider)
                ?? ActivatorUtilities.CreateInstance(provider, handler.ImplementationType!);
        },
        handler.ImplementationInstance is null ? handler.Lifetime : ServiceLifetime.Transient);
}
