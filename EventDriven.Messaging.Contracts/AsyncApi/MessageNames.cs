using EventDriven.Messaging.Contracts.Model;

namespace EventDriven.Messaging.Contracts.AsyncApi;

/// <summary>Short names of events: their records' names. Records of the same name are told apart by their types.</summary>
internal sealed class MessageNames(Landscape landscape)
{
    private readonly ILookup<string, string> _types =
        landscape.Contracts.ToLookup(contract => contract.Record.Name, contract => contract.Type, StringComparer.Ordinal);

    /// <summary>The name of an event, such as <c>OrderPlaced</c>.</summary>
    public string Of(EventContract contract) => _types[contract.Record.Name].Count() == 1 ? contract.Record.Name : contract.Type;
}
