using System.Reflection;

namespace EventDriven.Messaging.Contracts;

/// <summary>
/// A JSON Schema that an assembly of contracts carries: an embedded resource named <c>contracts/&lt;topic&gt;/&lt;file&gt;</c>, as in
/// <c>&lt;EmbeddedResource Include="../contracts/**/*.json" LogicalName="contracts/%(RecursiveDir)%(Filename)%(Extension)" /&gt;</c>.
/// </summary>
public sealed class EmbeddedContract
{
    private const string Prefix = "contracts/";
    private readonly Assembly _assembly;
    private readonly string _resource;

    private EmbeddedContract(Assembly assembly, string resource, string topic, string type, int minor)
    {
        (_assembly, _resource) = (assembly, resource);
        (Topic, EventType, MinorVersion) = (topic, type, minor);
    }

    /// <summary>Topic of the event's major version.</summary>
    public string Topic { get; }

    /// <summary>CloudEvents <c>type</c>, which ends in the major version.</summary>
    public string EventType { get; }

    /// <summary>Minor version: 0 for the first release, one more for each compatible change.</summary>
    public int MinorVersion { get; }

    /// <summary>
    /// Path of its URL, without a slash before it: <c>contracts/orders.v1/shop.orders.order-placed.v1.json</c>. A version that is not
    /// released yet has the path that it will have then.
    /// </summary>
    public string Path => $"{Prefix}{Topic}/{ContractFileName.Shipped(EventType, MinorVersion)}";

    /// <summary>The contracts of an assembly, by event type, the latest version of each last.</summary>
    public static IReadOnlyList<EmbeddedContract> Of(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        var found = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => (Resource: name, Parts: name.Split(['/', '\\'])))
            .Where(resource => resource.Parts.Length == 3)
            .Select(resource => (resource.Resource, Topic: resource.Parts[1], File: ContractFileName.Parse(resource.Parts[2])))
            .Where(resource => resource.File is not null)
            .ToList();
        return [.. ContractFileName.InOrder(found, resource => resource.File!.Value).Select(contract => new EmbeddedContract(
            assembly, contract.File.Resource, contract.File.Topic, contract.File.File!.Value.Type, contract.Minor))];
    }

    /// <summary>The latest version of an event's contract; null if the assembly has none.</summary>
    public static EmbeddedContract? Latest(Assembly assembly, string eventType) =>
        Of(assembly).LastOrDefault(contract => contract.EventType == eventType);

    /// <summary>Opens the schema, UTF-8.</summary>
    public Stream Open() => _assembly.GetManifestResourceStream(_resource)!;
}
