using EventDriven.Messaging.Contracts.Files;
using EventDriven.Messaging.Contracts.Gate;
using EventDriven.Messaging.Contracts.Model;

namespace EventDriven.Tests.Gate;

/// <summary>A solution of a producer and consumers, in a folder of its own.</summary>
internal sealed class Shop : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("eventdriven-gate-");
    private string _contracts = "";
    private readonly Dictionary<string, string> _services = new(StringComparer.Ordinal);
    private int _builds;

    public string Root => _root.FullName;

    public ContractFolder Folder => ContractFolder.Open(Path.Combine(Root, "contracts"));

    /// <summary>The producer's records.</summary>
    public Shop Produces(string records)
    {
        _contracts = records;
        return this;
    }

    /// <summary>A consumer with a handler of its record <c>OrderPlaced</c>.</summary>
    public Shop Consumes(string service, string record)
    {
        _services[service] =
            $$"""
            namespace {{service}};
            {{record}}
            internal sealed class Handler : IEventHandler<OrderPlaced>
            {
                public Task HandleAsync(EventContext<OrderPlaced> context, CancellationToken cancellationToken) => Task.CompletedTask;
            }
            """;
        return this;
    }

    /// <summary>Compiles everything anew.</summary>
    public Landscape Build()
    {
        var (contracts, services) = Compile();
        return Landscape.Read([contracts], services);
    }

    /// <summary>Compiles everything anew.</summary>
    /// <returns>The paths of the assemblies.</returns>
    public (string Contracts, string[] Services) Compile()
    {
        // An assembly that is loaded stays; each build has a folder of its own, as far as the loader knows.
        var output = Directory.CreateDirectory(Path.Combine(Root, $"build-{++_builds}")).FullName;
        return (
            CompiledCode.Write(output, "Shop.Contracts", _contracts),
            [.. _services.Select(service => CompiledCode.Write(output, service.Key, service.Value))]);
    }

    /// <summary>Writes down and releases what the records promise.</summary>
    public Shop Release()
    {
        Add();
        Folder.Release();
        return this;
    }

    /// <summary>Writes down what the records promise.</summary>
    public Shop Add()
    {
        foreach (var contract in Build().Contracts)
        {
            Folder.Add(contract.Topic, contract.Type, contract.Schema);
        }

        return this;
    }

    /// <summary>What the gate says, a line each: <c>file(line) severity code: message</c>.</summary>
    public IReadOnlyList<string> Check() =>
        [.. new ContractGate(Build(), Folder, Root).Check().Select(finding =>
            $"{Path.GetFileName(finding.At.File)}({finding.At.Line}) {(finding.IsError ? "error" : "warning")} {finding.Code}: "
            + finding.Message)];

    public void Dispose() => _root.Delete(recursive: true);
}
