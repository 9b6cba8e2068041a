using System.Text.Json.Nodes;
using EventDriven.Messaging.Contracts.Model;

namespace EventDriven.Messaging.Contracts.AsyncApi;

/// <summary>The channels of a document: a topic each.</summary>
internal static class Channels
{
    private const string BindingVersion = "0.5.0";

    public static JsonObject Of(Landscape landscape)
    {
        var names = new MessageNames(landscape);
        var declared = TopicSettings.DeclaredBeside(landscape);
        var channels = new JsonObject();
        foreach (var topic in landscape.Contracts.GroupBy(contract => contract.Topic, StringComparer.Ordinal)
            .OrderBy(topic => topic.Key, StringComparer.Ordinal))
        {
            var messages = new JsonObject();
            foreach (var name in topic.Select(names.Of))
            {
                messages[name] = Reference.To("components", "messages", name);
            }

            channels[topic.Key] = new JsonObject
            {
                ["address"] = topic.Key,
                ["servers"] = new JsonArray(Reference.To("servers", "kafka")),
                ["messages"] = messages,
                ["bindings"] = new JsonObject { ["kafka"] = Binding(topic.Key, declared.GetValueOrDefault(topic.Key)) },
            };
        }

        return channels;
    }

    private static JsonObject Binding(string topic, TopicSettings? declared)
    {
        var binding = new JsonObject { ["topic"] = topic };
        if (declared is not null)
        {
            binding["partitions"] = declared.Partitions;
            binding["topicConfiguration"] = new JsonObject { ["retention.ms"] = (long)declared.Retention.TotalMilliseconds };
        }

        binding["bindingVersion"] = BindingVersion;
        return binding;
    }
}
