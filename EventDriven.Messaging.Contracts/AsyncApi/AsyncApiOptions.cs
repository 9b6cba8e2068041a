namespace EventDriven.Messaging.Contracts.AsyncApi;

/// <summary>What an AsyncAPI document says that is not in the contracts.</summary>
/// <param name="Title">Name of the system.</param>
/// <param name="Version">Version of the document.</param>
/// <param name="Host">The Kafka servers: <c>host:port</c>.</param>
internal sealed record AsyncApiOptions(string Title = "EventDriven", string Version = "1.0.0", string Host = "localhost:9092");
