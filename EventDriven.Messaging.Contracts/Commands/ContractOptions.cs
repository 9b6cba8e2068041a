using System.CommandLine;
using EventDriven.Messaging.Contracts.Files;
using EventDriven.Messaging.Contracts.Model;

namespace EventDriven.Messaging.Contracts.Commands;

/// <summary>Where contracts are, and the assemblies that they are about.</summary>
internal static class ContractOptions
{
    public static Option<string> Folder { get; } = new("--folder")
    {
        Description = "Folder of the contracts.",
        DefaultValueFactory = _ => "contracts",
        Recursive = true,
    };

    public static Option<string[]> Contracts { get; } = new("--contracts")
    {
        Description = "Built assemblies with producers' records. Without them the project in the folder is built and asked.",
        AllowMultipleArgumentsPerToken = true,
        Recursive = true,
    };

    public static Option<string[]> Services { get; } = new("--services")
    {
        Description = "Built assemblies of services.",
        AllowMultipleArgumentsPerToken = true,
        Recursive = true,
    };

    /// <summary>The contracts' folder.</summary>
    public static ContractFolder OpenFolder(this ParseResult parsed) => ContractFolder.Open(Path.GetFullPath(parsed.GetValue(Folder)!));

    /// <summary>The solution as compiled.</summary>
    public static async Task<Landscape> ReadLandscapeAsync(this ParseResult parsed, CancellationToken cancellationToken)
    {
        var (contracts, services) = (parsed.GetValue(Contracts) ?? [], parsed.GetValue(Services) ?? []);
        if (contracts.Length == 0 && services.Length == 0)
        {
            (contracts, services) = await SolutionAssemblies.BuildAsync(parsed.GetValue(Folder)!, cancellationToken);
        }

        return Landscape.Read(contracts, services);
    }

    /// <summary>Runs a command. What can't be done is a <see cref="ContractException"/>, of which the program tells.</summary>
    public static void SetContractAction(this Command command, Func<ParseResult, CancellationToken, Task<int>> run) =>
        command.SetAction((parsed, cancellationToken) => run(parsed, cancellationToken));
}
