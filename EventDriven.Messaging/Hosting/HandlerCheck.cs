using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using EventDriven.Messaging.Consuming;
using Microsoft.Extensions.DependencyInjection;

namespace EventDriven.Messaging.Hosting;

/// <summary>Finds handlers that the container can't create. Otherwise every event would fail.</summary>
[RequiresUnreferencedCode(NoTrimming.Reason)]
[RequiresDynamicCode(NoTrimming.Reason)]
internal sealed class HandlerCheck(
    IEnumerable<ConsumerGroup> groups, IEnumerable<CreatedHandler> created, IServiceProviderIsService services) : IStartCheck
{
    public IEnumerable<string> Find() =>
        from @group in groups
        from handler in @group.Bindings.Values.Select(binding => binding.HandlerType).Distinct()

            // A handler that the service registers itself is its own affair.
        where created.Any(known => known.Type == handler)
        let missing = Missing(handler)
        where missing is not null
        select $"Handler {handler.Name} of group '{@group.Name}' needs {missing.Name}, which is not registered: add it to the container, "
            + $"such as builder.Services.AddScoped<{missing.Name}{(missing.IsAbstract ? ", …" : "")}>().";

    /// <summary>
    /// The first unregistered parameter of the constructor that has the fewest of them; null if some constructor has none.
    /// </summary>
    private Type? Missing(Type handler) => handler.GetConstructors()
        .Select(constructor => constructor.GetParameters().Where(IsMissing).Select(parameter => parameter.ParameterType).ToList())
        .MinBy(missing => missing.Count)?
        .FirstOrDefault();

    private bool IsMissing(ParameterInfo parameter) =>
        !parameter.HasDefaultValue
        && parameter.GetCustomAttribute<FromKeyedServicesAttribute>() is null
        && !services.IsService(parameter.ParameterType);
}
