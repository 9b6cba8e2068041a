using System.Text.Json.Nodes;
using EventDriven.Messaging.Contracts.Files;
using EventDriven.Messaging.Contracts.Model;

namespace EventDriven.Messaging.Contracts.Gate;

/// <summary>The fields that were released and are gone from the record. They are judged by who reads them, and not by the rules.</summary>
internal sealed class RemovedFields
{
    private RemovedFields(IReadOnlyList<RemovedField> fields) => Fields = fields;

    /// <summary>Each with its last release; of a field that is gone as a whole, only itself.</summary>
    public IReadOnlyList<RemovedField> Fields { get; }

    public static RemovedFields Of(EventContract contract, IEnumerable<ContractVersion> shipped)
    {
        var present = FieldPath.Fields(contract.Schema).Select(field => field.Path).ToHashSet(StringComparer.Ordinal);
        var gone = new Dictionary<string, RemovedField>(StringComparer.Ordinal);
        foreach (var version in shipped)
        {
            foreach (var (path, field, _) in FieldPath.Fields(version.Schema).Where(field => !present.Contains(field.Path)))
            {
                gone[path] = new RemovedField(
                    path, field.ToJsonString(), version.Name, field["deprecated"]?.GetValue<bool>() ?? false);
            }
        }

        return new RemovedFields([.. gone.Values.Where(field => !gone.Keys.Any(other => FieldPath.IsWithin(field.Path, other)))]);
    }

    /// <summary>A released version without these fields.</summary>
    public JsonObject Without(ContractVersion version)
    {
        var schema = (JsonObject)version.Schema.DeepClone();
        foreach (var field in Fields)
        {
            FieldPath.Remove(schema, field.Path);
        }

        return schema;
    }
}
