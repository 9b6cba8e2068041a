using System.Text;

namespace EventDriven.Messaging.Events;

/// <summary>
/// CloudEvents <c>dataschema</c> of the events that a service publishes: URLs, where the service says at which address it serves them.
/// </summary>
/// <param name="address">Where the service serves its contracts; null if it doesn't.</param>
/// <param name="paths">Path of each event's latest contract, by type.</param>
internal sealed class DataSchemas(Uri? address, IEnumerable<KeyValuePair<string, string>> paths)
{
    private readonly Dictionary<string, byte[]> _byType = address is null
        ? []
        : paths.ToDictionary(path => path.Key, path => Encoding.UTF8.GetBytes($"{Root(address)}{path.Value}"), StringComparer.Ordinal);

    /// <summary>The URL of a type's schema, in UTF-8; null if it has none.</summary>
    public byte[]? Of(string type) => _byType.GetValueOrDefault(type);

    private static string Root(Uri address) => address.AbsoluteUri.TrimEnd('/') + "/";
}
