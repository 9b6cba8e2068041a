using System.Text.Json.Nodes;
using EventDriven.Messaging.Contracts.Files;
using EventDriven.Messaging.Contracts.Model;

namespace EventDriven.Messaging.Contracts.AsyncApi;

/// <summary>Describes all events of a system, and who sends and receives them, as AsyncAPI 3.0.</summary>
internal static class AsyncApiDocument
{
    private const string Version = "3.0.0";
    private const string Comment = "# Made by contracts asyncapi from the compiled services. Do not edit.\n";

    /// <summary>The document as YAML; the same contracts give the same text.</summary>
    /// <param name="landscape">The solution as compiled.</param>
    /// <param name="folder">Its contracts.</param>
    /// <param name="output">Folder of the document: references to schemas are relative to it.</param>
    /// <param name="options">What is not in the contracts.</param>
    /// <exception cref="ContractException">An event has no contract file.</exception>
    public static string Write(Landscape landscape, ContractFolder folder, string output, AsyncApiOptions options) =>
        Comment + Yaml.Write(new JsonObject
        {
            ["asyncapi"] = Version,
            ["info"] = new JsonObject
            {
                ["title"] = options.Title,
                ["version"] = options.Version,
                ["description"] = "The events of the system, which service sends them, and which services receive them.",
            },
            ["defaultContentType"] = "application/json",
            ["servers"] = new JsonObject
            {
                ["kafka"] = new JsonObject { ["host"] = options.Host, ["protocol"] = "kafka" },
            },
            ["channels"] = Channels.Of(landscape),
            ["operations"] = Operations.Of(landscape),
            ["components"] = new JsonObject
            {
                ["messages"] = new Messages(landscape, folder, output).Write(),
                ["schemas"] = new JsonObject { [Messages.Headers] = CloudEventHeaders.Shared() },
            },
        });
}
