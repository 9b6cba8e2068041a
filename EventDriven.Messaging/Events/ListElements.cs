using System.Collections;
using System.Reflection;

namespace EventDriven.Messaging.Events;

/// <summary>
/// Finds nulls in the lists of a record that declares their elements as not null. System.Text.Json's <c>RespectNullableAnnotations</c> looks at properties
/// and parameters, and not at elements.
/// </summary>
internal static class ListElements
{
    /// <summary>
    /// Makes the check for a record and all that it consists of: it gives the name of a list that contains null and may not, or null. Null when there is
    /// nothing to check.
    /// </summary>
    public static Func<object, string?>? CheckOf(Type record) => CheckOf(record, []);

    private static Func<object, string?>? CheckOf(Type type, Type[] within)
    {
        // What contains itself is looked at once.
        if (type.Namespace?.StartsWith(nameof(System), StringComparison.Ordinal) == true || within.Contains(type))
        {
            return null;
        }

        var checks = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetIndexParameters().Length == 0)
            .Select(property => CheckOf(property, [.. within, type]))
            .OfType<Func<object, string?>>()
            .ToArray();
        return checks.Length == 0 ? null : value => checks.Select(check => check(value)).FirstOrDefault(name => name is not null);
    }

    private static Func<object, string?>? CheckOf(PropertyInfo property, Type[] within)
    {
        if (ElementOf(property.PropertyType) is not { } element)
        {
            var check = CheckOf(property.PropertyType, within);
            return check is null ? null : record => property.GetValue(record) is { } value ? check(value) : null;
        }

        var checkElement = CheckOf(element, within);
        var mayBeNull = MayBeNull(property, element);
        return mayBeNull && checkElement is null ? null : record => HasNull(property.GetValue(record), mayBeNull, checkElement) ? property.Name : null;
    }

    private static bool HasNull(object? list, bool mayBeNull, Func<object, string?>? check) => list is IEnumerable elements
        && elements.Cast<object?>().Any(element => element is null ? !mayBeNull : check?.Invoke(element) is not null);

    private static Type? ElementOf(Type type) => type == typeof(string)
        ? null
        : type.GetInterfaces().Prepend(type)
            .FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GetGenericArguments()[0];

    private static bool MayBeNull(PropertyInfo property, Type element)
    {
        if (element.IsValueType)
        {
            // As far as its type lets it.
            return true;
        }

        var declared = new NullabilityInfoContext().Create(property);
        return (declared.ElementType ?? declared.GenericTypeArguments.LastOrDefault())?.ReadState != NullabilityState.NotNull;
    }
}
