using System.CommandLine;
using EventDriven.Messaging.Contracts.Commands.Json;
using EventDriven.Messaging.Contracts.Gate;

namespace EventDriven.Messaging.Contracts.Commands;

/// <summary><c>contracts check</c>: what the build does.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var stamp = new Option<string?>("--stamp") { Description = "A file that is touched if there is nothing to say.", Hidden = true };
        var registry = new Option<Uri?>("--registry")
        {
            Description = "URL of a Confluent-compatible schema registry: also asks it whether it would take each contract, as subject "
                + "<topic>-<event type>. It changes nothing there.",
        };
        var command = new Command(
            "check",
            "Holds every contract against its released versions and against what compiled consumers read, as the build does. "
            + "Exit code 1 if a change breaks somebody. Example: contracts check")
        {
            stamp, registry,
        };
        command.SetContractAction(async (parsed, cancellationToken) =>
        {
            var folder = parsed.OpenFolder();
            var landscape = await parsed.ReadLandscapeAsync(cancellationToken);
            var findings = new ContractGate(landscape, folder, Path.GetDirectoryName(folder.Root)!).Check();
            if (parsed.GetValue(registry) is { } url)
            {
                using var client = new RegistryCheck(url);
                findings = [.. findings, .. await client.CheckAsync(landscape.Contracts, cancellationToken)];
            }

            parsed.Write<IReadOnlyList<FindingJson>>(
                [.. findings.Select(Json)], () => Console.Write(string.Concat(findings.Select(found => $"{found}{Environment.NewLine}"))));

            if (findings.Count == 0 && parsed.GetValue(stamp) is { } path)
            {
                await File.WriteAllTextAsync(path, "", cancellationToken);
            }

            return findings.Any(finding => finding.IsError) ? 1 : 0;
        });
        return command;
    }

    private static FindingJson Json(Finding finding) =>
        new(finding.IsError ? "error" : "warning", finding.Code, $"{finding.At}", finding.Message);
}
