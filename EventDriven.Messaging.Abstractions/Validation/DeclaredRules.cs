using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace EventDriven.Messaging.Validation;

/// <summary>
/// Which attributes a record declares about a property, and what they are about. The check of a record and its JSON Schema read them here,
/// so that both say the same; so does what converts records.
/// </summary>
[RequiresUnreferencedCode("Finds the constructor's parameter of a property by reflection.")]
internal static class DeclaredRules
{
    /// <summary>
    /// The attributes of a property and of the constructor parameter that sets it: a positional record's apply to the parameter, unless
    /// they have the target <c>property:</c>.
    /// </summary>
    public static IEnumerable<Attribute> Attributes(PropertyInfo property)
    {
        var parameter = property.DeclaringType!.GetConstructors()
            .SelectMany(constructor => constructor.GetParameters())
            .FirstOrDefault(
                parameter => parameter.ParameterType == property.PropertyType
                    && string.Equals(parameter.Name, property.Name, StringComparison.OrdinalIgnoreCase));
        return [.. property.GetCustomAttributes(), .. parameter?.GetCustomAttributes() ?? []];
    }

    /// <summary>Whether an attribute on a list is about the list. Any other is about each of its elements.</summary>
    public static bool IsOfList(ValidationAttribute attribute) =>
        attribute is LengthAttribute or MinLengthAttribute or MaxLengthAttribute || attribute.GetType() == typeof(RequiredAttribute);

    /// <summary>What a list is of; null if the type is no list. Text is none.</summary>
    public static Type? ElementOf(Type type) => type == typeof(string)
        ? null
        : type.GetInterfaces().Prepend(type)
            .FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GetGenericArguments()[0];
}
