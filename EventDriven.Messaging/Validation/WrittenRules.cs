using System.Reflection;

namespace EventDriven.Messaging.Validation;

/// <summary>What a property's type promises, and .NET does not keep by itself.</summary>
internal static class WrittenRules
{
    /// <summary>A value that may not be null is not; one of an enum has a name.</summary>
    public static IEnumerable<RuleCheck<T>> Of<T>(PropertyInfo property)
    {
        if (!typeof(T).IsValueType && new NullabilityInfoContext().Create(property).ReadState == NullabilityState.NotNull)
        {
            yield return new RuleCheck<T>(value => value is not null, path => $"{path} must not be null.");
        }

        var type = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
        if (type.IsEnum && !type.IsDefined(typeof(FlagsAttribute)))
        {
            yield return new RuleCheck<T>(
                value => value is null || Enum.IsDefined(type, value),
                path => $"{path} must be one of {string.Join(", ", Enum.GetNames(type))}.");
        }
    }
}
