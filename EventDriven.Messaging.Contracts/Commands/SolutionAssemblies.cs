using System.Diagnostics;
using System.Text.Json.Nodes;

namespace EventDriven.Messaging.Contracts.Commands;

/// <summary>Builds the project in the folder of contracts, and asks it which assemblies it is about.</summary>
internal static class SolutionAssemblies
{
    private const string Contracts = "ContractAssembly";
    private const string Services = "ServiceAssembly";

    /// <exception cref="ContractException">There is no such project, or it doesn't build.</exception>
    public static async Task<(string[] Contracts, string[] Services)> BuildAsync(string folder, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder) || Directory.GetFiles(folder, "*.csproj") is not [var project])
        {
            throw new ContractException(
                $"{Path.GetFullPath(folder)} has no project that names contracts and services: run this in the root of the repository, "
                + "or say --folder, or --contracts and --services.");
        }

        // The gate must not stand in the way of the command that mends what it found.
        var start = new ProcessStartInfo(
            "dotnet",
            [
                "build", project, "-c", "Debug", "-v:q", "--tl:off", "-p:CheckContracts=false", "-t:Build",
                $"-getItem:{Contracts}", $"-getItem:{Services}",
            ])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start) ?? throw new ContractException("dotnet could not be started.");
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode != 0)
            {
                throw new ContractException($"{project} doesn't build:{Environment.NewLine}{output}");
            }

            var items = JsonNode.Parse(output[output.IndexOf('{', StringComparison.Ordinal)..])!["Items"]!;
            return (Paths(items[Contracts]!), Paths(items[Services]!));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static string[] Paths(JsonNode items) => [.. items.AsArray().Select(item => item!["FullPath"]!.GetValue<string>())];
}
