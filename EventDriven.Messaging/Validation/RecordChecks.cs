using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EventDriven.Messaging.Validation;

/// <summary>
/// Builds the check of a consumer's record and its nested records, once. The rules are the validation attributes on properties or
/// constructor parameters, and whether the elements of lists may be null.
/// </summary>
/// <remarks>
/// On a list, [Length], [MinLength], [MaxLength] and [Required] are about the list, and any other attribute about each of its elements.
/// </remarks>
[RequiresUnreferencedCode(NoTrimming.Reason)]
[RequiresDynamicCode(NoTrimming.Reason)]
internal sealed class RecordChecks
{
    private readonly JsonNamingPolicy? _naming;
    private readonly bool _written;
    private readonly Dictionary<Type, object> _records = [];

    private RecordChecks(JsonNamingPolicy? naming, bool written) => (_naming, _written) = (naming, written);

    /// <summary>The check of a record; null if there is nothing to check, which then costs nothing.</summary>
    /// <param name="naming">Turns property names into the data's names.</param>
    /// <exception cref="InvalidOperationException">An attribute can't be checked.</exception>
    public static ValueCheck<TRecord>? Of<TRecord>(JsonNamingPolicy? naming) =>
        new RecordChecks(naming, written: false).OfRecord<TRecord>();

    /// <summary>
    /// The check of a producer's record. It checks, too, what a consumer's deserializer does: null, and values that an enum does not name.
    /// </summary>
    /// <inheritdoc cref="Of"/>
    public static ValueCheck<TRecord>? OfWritten<TRecord>(JsonNamingPolicy? naming) =>
        new RecordChecks(naming, written: true).OfRecord<TRecord>();

    private RecordCheck<TRecord>? OfRecord<TRecord>()
    {
        var type = typeof(TRecord);
        if (type.Namespace?.StartsWith(nameof(System), StringComparison.Ordinal) == true)
        {
            return null;
        }

        if (_records.TryGetValue(type, out var known))
        {
            return known is RecordCheck<TRecord> { IsEmpty: false } check ? check : null;
        }

        var made = new RecordCheck<TRecord>();
        _records.Add(type, made);
        made.Complete(type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetIndexParameters().Length == 0 && property.GetMethod is { IsPublic: true })
            .Select(property => (ValueCheck<TRecord>?)Call(nameof(OfProperty), [type, property.PropertyType], property))
            .OfType<ValueCheck<TRecord>>());
        return made.IsEmpty ? null : made;
    }

    private PropertyCheck<TRecord, TValue>? OfProperty<TRecord, TValue>(PropertyInfo property)
    {
        var where = $"{typeof(TRecord).Name}.{property.Name}";
        var declared = DeclaredRules.Attributes(property).ToList();
        var isPersonal = declared.OfType<PersonalDataAttribute>().Any();
        var attributes = declared.OfType<ValidationAttribute>().ToList();
        var checks = new List<ValueCheck<TValue>>();
        if (_written)
        {
            checks.AddRange(WrittenRules.Of<TValue>(property));
        }

        if (DeclaredRules.ElementOf(typeof(TValue)) is { } element)
        {
            checks.AddRange(attributes.Where(DeclaredRules.IsOfList).Select(attribute => Rules.Of<TValue>(attribute, where)));
            if ((ValueCheck<TValue>?)Call(
                nameof(OfElements), [typeof(TValue), element], property, attributes.Where(a => !DeclaredRules.IsOfList(a)).ToArray(),
                where) is { } elements)
            {
                checks.Add(elements);
            }
        }
        else
        {
            var rules = attributes.Select(attribute => Rules.Of<TValue>(attribute, where));
            checks.AddRange(isPersonal ? rules.Select(rule => new UnlessNull<TValue>(rule)) : rules);
            if (OfRecord<TValue>() is { } nested)
            {
                checks.Add(nested);
            }
        }

        return AllChecks<TValue>.Of(checks) is { } check
            ? new PropertyCheck<TRecord, TValue>(NameOf(property, _naming), property, check)
            : null;
    }

    private ListCheck<TList, TElement>? OfElements<TList, TElement>(PropertyInfo property, ValidationAttribute[] attributes, string where)
    {
        List<ValueCheck<TElement>> checks = [.. attributes.Select(attribute => Rules.Of<TElement>(attribute, where))];
        if (OfRecord<TElement>() is { } nested)
        {
            checks.Add(nested);
        }

        var mayBeNull = MayBeNull(property, typeof(TElement));
        return checks.Count == 0 && mayBeNull ? null : new ListCheck<TList, TElement>(mayBeNull, AllChecks<TElement>.Of(checks));
    }

    private object? Call(string method, Type[] types, params object[] arguments) => typeof(RecordChecks)
        .GetMethod(method, BindingFlags.NonPublic | BindingFlags.Instance)!
        .MakeGenericMethod(types)
        .Invoke(this, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null);

    /// <summary>The name of a property in the data.</summary>
    public static string NameOf(PropertyInfo property, JsonNamingPolicy? naming) =>
        property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? naming?.ConvertName(property.Name) ?? property.Name;

    private static bool MayBeNull(PropertyInfo property, Type element)
    {
        if (element.IsValueType)
        {
            // As far as the property's type allows it.
            return true;
        }

        var declared = new NullabilityInfoContext().Create(property);
        return (declared.ElementType ?? declared.GenericTypeArguments.LastOrDefault())?.ReadState != NullabilityState.NotNull;
    }
}
