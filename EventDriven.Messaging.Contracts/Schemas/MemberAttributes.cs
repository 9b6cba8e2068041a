using System.Reflection;

namespace EventDriven.Messaging.Contracts.Schemas;

/// <summary>
/// The attributes of a property, and of the constructor parameter that sets it: a positional record's stand on the latter.
/// </summary>
internal static class MemberAttributes
{
    public static IReadOnlyList<Attribute> Of(MemberInfo member)
    {
        var parameter = member.DeclaringType!.GetConstructors()
            .SelectMany(constructor => constructor.GetParameters())
            .FirstOrDefault(parameter => string.Equals(parameter.Name, member.Name, StringComparison.OrdinalIgnoreCase)
                && parameter.ParameterType == (member as PropertyInfo)?.PropertyType);
        return [.. member.GetCustomAttributes(), .. parameter?.GetCustomAttributes() ?? []];
    }
}
