using System.Text.Json.Nodes;
using EventDriven.Messaging.Contracts.Model;

namespace EventDriven.Messaging.Contracts.AsyncApi;

/// <summary>The operations of a document: what each service sends and receives.</summary>
internal static class Operations
{
    public static JsonObject Of(Landscape landscape)
    {
        var names = new MessageNames(landscape);
        var uses = landscape.Contracts
            .SelectMany(contract => Uses(landscape, contract.Type).Select(use => (use.Service, use.Action, Contract: contract)))
            .OrderBy(use => use.Service, StringComparer.Ordinal)
            .ThenByDescending(use => use.Action, StringComparer.Ordinal);
        var operations = new JsonObject();
        foreach (var (service, action, contract) in uses)
        {
            var (topic, message) = (contract.Topic, names.Of(contract));
            operations[$"{service}.{action}.{message}"] = new JsonObject
            {
                ["action"] = action,
                ["channel"] = Reference.To("channels", topic),
                ["messages"] = new JsonArray(Reference.To("channels", topic, "messages", message)),
            };
        }

        return operations;
    }

    private static IEnumerable<(string Service, string Action)> Uses(Landscape landscape, string type) =>
    [
        .. landscape.Producers[type].Select(service => (service, "send")),
        .. landscape.ConsumersOf(type).Select(consumed => consumed.Service).Distinct(StringComparer.Ordinal)
            .Select(service => (service, "receive")),
    ];
}
