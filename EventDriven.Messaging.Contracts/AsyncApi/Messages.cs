using System.Text.Json.Nodes;
using EventDriven.Messaging.Contracts.Examples;
using EventDriven.Messaging.Contracts.Files;
using EventDriven.Messaging.Contracts.Model;

namespace EventDriven.Messaging.Contracts.AsyncApi;

/// <summary>The messages of a document: an event each.</summary>
/// <param name="landscape">The solution as compiled.</param>
/// <param name="folder">Its contracts.</param>
/// <param name="output">Folder of the document: references to schemas are relative to it.</param>
internal sealed class Messages(Landscape landscape, ContractFolder folder, string output)
{
    private const string BindingVersion = "0.5.0";
    private const string SchemaFormat = "application/schema+json;version=draft-2020-12";

    /// <summary>Name of the schema of the headers that all events have.</summary>
    public const string Headers = "CloudEventHeaders";

    /// <exception cref="ContractException">An event has no contract file.</exception>
    public JsonObject Write()
    {
        var names = new MessageNames(landscape);
        var messages = new JsonObject();
        foreach (var contract in landscape.Contracts)
        {
            messages[names.Of(contract)] = Message(contract);
        }

        return messages;
    }

    private JsonObject Message(EventContract contract)
    {
        var message = new JsonObject { ["name"] = contract.Type, ["title"] = contract.Record.Name };
        if (contract.Schema["description"] is { } summary)
        {
            message["summary"] = summary.DeepClone();
        }

        message["contentType"] = "application/json";
        message["headers"] = new JsonObject
        {
            ["allOf"] = new JsonArray(Reference.To("components", "schemas", Headers), CloudEventHeaders.Of(contract.Type)),
        };
        message["payload"] = new JsonObject
        {
            ["schemaFormat"] = SchemaFormat,
            ["schema"] = new JsonObject { ["$ref"] = Latest(contract) },
        };
        message["examples"] = new JsonArray(new JsonObject { ["payload"] = ExampleData.Of(contract.Schema) });
        message["bindings"] = new JsonObject
        {
            ["kafka"] = new JsonObject { ["key"] = new JsonObject { ["type"] = "string" }, ["bindingVersion"] = BindingVersion },
        };
        return message;
    }

    private string Latest(EventContract contract) => folder.Of(contract.Type) is [.., var version]
        ? version.RelativeTo(output)
        : throw new ContractException($"{contract.Type} has no contract file yet. Run: {folder.CommandLine("add")}");
}
