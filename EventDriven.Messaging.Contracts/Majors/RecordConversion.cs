using System.Reflection;
using System.Text.Json;
using EventDriven.Messaging.Validation;

namespace EventDriven.Messaging.Contracts.Majors;

/// <summary>C# that makes a record of a new version from one of the former version, as long as both have the same members.</summary>
/// <param name="version">The new version, such as <c>V2</c>.</param>
/// <param name="converted">The former records that have a new version.</param>
/// <param name="isCopied">Whether an enum has one too.</param>
internal sealed class RecordConversion(string version, IReadOnlySet<Type> converted, Predicate<Type> isCopied)
{
    /// <summary>The records of the same assembly within a record, at any depth.</summary>
    public static IReadOnlySet<Type> Within(Type record)
    {
        var found = new HashSet<Type>();
        Add(record, found);
        return found;
    }

    /// <summary>The expression that makes the new record from <c>former</c>.</summary>
    public string Of(Type record)
    {
        var members = record.GetProperties().Where(property => property.GetIndexParameters().Length == 0).ToList();
        var positional = record.GetConstructors()
            .OrderByDescending(constructor => constructor.GetParameters().Length)
            .Select(constructor => constructor.GetParameters().Select(parameter => Member(members, parameter.Name!)).ToList())
            .FirstOrDefault(parameters => parameters.TrueForAll(parameter => parameter is not null)) ?? [];
        var initialized = members.Where(member => member.SetMethod is { IsPublic: true } && !positional.Contains(member)).ToList();
        var construction = $"new({string.Join(", ", positional.Select(member => Value(member!)))})";
        return initialized.Count == 0
            ? construction
            : $"{construction} {{ {string.Join(", ", initialized.Select(member => $"{member.Name} = {Value(member)}"))} }}";
    }

    private static PropertyInfo? Member(List<PropertyInfo> members, string parameter) =>
        members.Find(member => JsonNamingPolicy.CamelCase.ConvertName(member.Name) == JsonNamingPolicy.CamelCase.ConvertName(parameter));

    // A member of a kind that isn't known here stays as it is: the compiler says so where that doesn't do.
    private string Value(PropertyInfo member)
    {
        var (value, mark) = ($"former.{member.Name}", IsNullable(member) ? "?" : "");
        if (converted.Contains(member.PropertyType))
        {
            return $"{value}{mark}.To{version}()";
        }

        var optional = Nullable.GetUnderlyingType(member.PropertyType);
        if (isCopied(optional ?? member.PropertyType))
        {
            return optional is null ? $"({member.PropertyType.Name}){value}" : $"({optional.Name}?){value}";
        }

        if (DeclaredRules.ElementOf(member.PropertyType) is { } element && converted.Contains(element))
        {
            var list = $"[.. {value}.Select(item => item.To{version}())]";
            return mark.Length == 0 ? list : $"{value} is null ? null : {list}";
        }

        return value;
    }

    private static bool IsNullable(PropertyInfo member) =>
        new NullabilityInfoContext().Create(member).ReadState == NullabilityState.Nullable;

    private static void Add(Type record, HashSet<Type> found)
    {
        var types = record.GetProperties().Select(property => DeclaredRules.ElementOf(property.PropertyType) ?? property.PropertyType);
        foreach (var type in types)
        {
            if (type.Assembly == record.Assembly && type is { IsClass: true, IsGenericType: false } && found.Add(type))
            {
                Add(type, found);
            }
        }
    }
}
