using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using EventDriven.Messaging.Validation;

namespace EventDriven.Messaging.Privacy.Sealing;

/// <summary>Finds the personal members of a record and of the records in it, once, and refuses what can't be sealed.</summary>
[RequiresUnreferencedCode(NoTrimming.Reason)]
[RequiresDynamicCode(NoTrimming.Reason)]
internal sealed class PersonalMembers
{
    private readonly NullabilityInfoContext _nullability = new();
    private readonly HashSet<Type> _outer = [];
    private readonly Type _record;
    private readonly JsonNamingPolicy? _naming;
    private readonly bool _isRead;
    private string? _firstPersonal;
    private string? _subject;
    private string? _recursive;

    private PersonalMembers(Type record, JsonNamingPolicy? naming, bool isRead) =>
        (_record, _naming, _isRead) = (record, naming, isRead);

    /// <summary>The personal members of a record; null if it has none.</summary>
    /// <param name="record">A producer's or a consumer's record.</param>
    /// <param name="naming">Turns names of properties into the data's.</param>
    /// <param name="isRead">Whether it is a consumer's, where a personal member must admit null.</param>
    /// <exception cref="InvalidOperationException">
    /// The record's personal data can't be sealed; the message says how to correct it.
    /// </exception>
    public static PersonalMember? Of(Type record, JsonNamingPolicy? naming, bool isRead) =>
        new PersonalMembers(record, naming, isRead).Build();

    private PersonalMember? Build()
    {
        var root = new PersonalMember("", "");
        RequireFindable(_record, _record.Name);
        Add(root, _record);
        if (_firstPersonal is null)
        {
            return null;
        }

        if (_subject is null)
        {
            throw new InvalidOperationException(
                $"{_firstPersonal} is [PersonalData], but nothing in {_record.Name} says whose: mark the member of {_record.Name} that "
                + "names the person, a Guid or a string, with [DataSubject].");
        }

        return _recursive is null ? root : throw new InvalidOperationException(
            $"{_record.Name} has [PersonalData] and contains {_recursive} within itself, whose personal data could be missed: give the "
            + "event a record that doesn't contain itself.");
    }

    private void Add(PersonalMember parent, Type record)
    {
        if (record.IsEnum || $"{record.Namespace}.".StartsWith("System.", StringComparison.Ordinal))
        {
            return;
        }

        if (!_outer.Add(record))
        {
            _recursive ??= record.Name;
            return;
        }

        foreach (var property in record.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetIndexParameters().Length == 0 && property.GetMethod is { IsPublic: true }))
        {
            if (Member(parent, property) is { } member)
            {
                parent.Members.Add(member);
            }
        }

        _outer.Remove(record);
    }

    private PersonalMember? Member(PersonalMember parent, PropertyInfo property)
    {
        var name = RecordChecks.NameOf(property, _naming);
        var path = parent.Path.Length == 0 ? name : $"{parent.Path}.{name}";
        var where = $"{property.DeclaringType!.Name}.{property.Name}";
        var attributes = DeclaredRules.Attributes(property).ToList();
        if (attributes.OfType<PersonalDataAttribute>().Any())
        {
            RequireText(property, where);
            _firstPersonal ??= where;
            return new PersonalMember(name, path) { IsPersonal = true };
        }

        if (attributes.OfType<DataSubjectAttribute>().Any())
        {
            RequireSubject(parent, property, where);
            _subject = where;
            return new PersonalMember(name, path) { IsSubject = true };
        }

        var type = DeclaredRules.ElementOf(property.PropertyType) ?? property.PropertyType;
        RequireFindable(type, where);
        var member = new PersonalMember(name, path);
        Add(member, type);
        return member.Members.Count > 0 ? member : null;
    }

    // Sealing walks members of records and elements of lists. What it would walk past must not be personal.
    private void RequireFindable(Type type, string where)
    {
        var hidden = type.GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false).Select(derived => derived.DerivedType)
            .Concat(type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>) ? type.GetGenericArguments() : [])
            .Concat(DeclaredRules.ElementOf(type) is { } element ? [element] : []);
        foreach (var candidate in hidden.Where(candidate => candidate != type && !_outer.Contains(candidate)))
        {
            var within = new PersonalMembers(candidate, _naming, isRead: false);
            within._outer.UnionWith(_outer);
            within._outer.Add(type);
            within.RequireFindable(candidate, where);
            within.Add(new PersonalMember("", ""), candidate);
            if (within._firstPersonal is { } personal)
            {
                throw new InvalidOperationException(
                    $"{personal} is [PersonalData], and {where} holds it in a dictionary, in a list of lists or behind [JsonDerivedType], "
                    + "where it isn't sealed: declare a record, or a list of records.");
            }
        }
    }

    private void RequireText(PropertyInfo property, string where)
    {
        if (property.PropertyType != typeof(string))
        {
            throw new InvalidOperationException(
                $"{where} is [PersonalData] and of type {property.PropertyType.Name}: only text is sealed, so declare it as string.");
        }

        if (_isRead && _nullability.Create(property).ReadState != NullabilityState.Nullable)
        {
            throw new InvalidOperationException(
                $"{where} is [PersonalData], and null once the person is forgotten or where the service opens no personal data: declare it "
                + "as string?, and let the handler do without it.");
        }
    }

    private void RequireSubject(PersonalMember parent, PropertyInfo property, string where)
    {
        if (property.PropertyType != typeof(Guid) && property.PropertyType != typeof(string))
        {
            throw new InvalidOperationException(
                $"{where} is [DataSubject] and of type {property.PropertyType.Name}: declare it as Guid or string.");
        }

        if (parent.Path.Length > 0)
        {
            throw new InvalidOperationException(
                $"{where} is [DataSubject] within another record: an event's data is about one person, whom a member of "
                + $"{_record.Name} itself must name.");
        }

        if (_subject is not null)
        {
            throw new InvalidOperationException(
                $"{_subject} and {where} are both [DataSubject]: an event's personal data is about one person. Mark one of them.");
        }
    }
}
