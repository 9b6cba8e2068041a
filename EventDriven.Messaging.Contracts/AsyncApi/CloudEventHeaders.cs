using System.Text.Json.Nodes;

namespace EventDriven.Messaging.Contracts.AsyncApi;

/// <summary>The headers of an event: CloudEvents 1.0, Kafka protocol binding, binary mode.</summary>
internal static class CloudEventHeaders
{
    private const string Prefix = "ce_";

    /// <summary>What every event has.</summary>
    public static JsonObject Shared() => new()
    {
        ["type"] = "object",
        ["description"] = "CloudEvents 1.0, Kafka protocol binding, binary mode. Each value is UTF-8.",
        ["required"] = new JsonArray("content-type", Prefix + "specversion", Prefix + "id", Prefix + "source", Prefix + "type"),
        ["properties"] = new JsonObject
        {
            ["content-type"] = new JsonObject { ["const"] = "application/json" },
            [Prefix + "specversion"] = new JsonObject { ["const"] = "1.0" },
            [Prefix + "id"] = Text("The event's id. An event is identified by its source and id together."),
            [Prefix + "source"] = Text("The producer.", "uri-reference"),
            [Prefix + "type"] = Text("The event's type, which ends in its major version."),
            [Prefix + "subject"] = Text("What the event is about. It is the record's key: events of a key are kept in order."),
            [Prefix + "time"] = Text("When the fact happened, UTC.", "date-time"),
            [Prefix + "dataschema"] = Text("Identifies the schema of the data.", "uri"),
            [Prefix + "correlationid"] = Text("What the whole chain of events began with."),
            [Prefix + "causationid"] = Text("The event or the request that caused this event."),
            [Prefix + "traceparent"] = Text("W3C Trace Context."),
            [Prefix + "tracestate"] = Text("W3C Trace Context."),
        },
    };

    /// <summary>What tells the events of a type from others.</summary>
    public static JsonObject Of(string type) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject { [Prefix + "type"] = new JsonObject { ["const"] = type } },
    };

    private static JsonObject Text(string description, string? format = null)
    {
        var schema = new JsonObject { ["type"] = "string", ["description"] = description };
        if (format is not null)
        {
            schema["format"] = format;
        }

        return schema;
    }
}
