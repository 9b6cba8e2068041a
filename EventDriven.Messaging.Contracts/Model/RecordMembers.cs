using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using EventDriven.Messaging.Contracts.Assemblies;
using EventDriven.Messaging.Contracts.Schemas;

namespace EventDriven.Messaging.Contracts.Model;

/// <summary>The members of a record and of the records within it, with the fields that they are bound to.</summary>
internal sealed class RecordMembers
{
    private const int MaxDepth = 32;
    private readonly SourceMap _sources;
    private readonly bool _onlyRead;
    private readonly List<RecordMember> _found = [];

    private RecordMembers(SourceMap sources, bool onlyRead) => (_sources, _onlyRead) = (sources, onlyRead);

    /// <param name="record">The record.</param>
    /// <param name="sources">Where its members are declared.</param>
    /// <param name="onlyRead">Without members that are written but never read: those without a setter or a constructor parameter.</param>
    public static IReadOnlyList<RecordMember> Of(Type record, SourceMap sources, bool onlyRead)
    {
        var members = new RecordMembers(sources, onlyRead);
        members.Add(RecordJson.Describe(record), "", depth: 0);
        return members._found;
    }

    private void Add(JsonTypeInfo type, string path, int depth)
    {
        if (depth == MaxDepth)
        {
            throw new ContractException(
                $"{type.Type.Name} contains itself, or {MaxDepth} records in one another. An event is a tree of a few levels.");
        }

        if (type is { Kind: JsonTypeInfoKind.Enumerable or JsonTypeInfoKind.Dictionary, ElementType: { } element })
        {
            Add(type.Options.GetTypeInfo(element), path + (type.Kind == JsonTypeInfoKind.Enumerable ? "[]" : ".*"), depth + 1);
        }

        foreach (var property in type.Properties)
        {
            if (property.AttributeProvider is not PropertyInfo member
                || (_onlyRead && property is { Set: null, AssociatedParameter: null }))
            {
                continue;
            }

            var field = FieldPath.Of(path, RecordJson.NameOf(property.Name));
            _found.Add(new RecordMember(field, $"{member.DeclaringType!.Name}.{member.Name}", _sources.Of(member)));
            Add(type.Options.GetTypeInfo(property.PropertyType), field, depth + 1);
        }
    }
}
