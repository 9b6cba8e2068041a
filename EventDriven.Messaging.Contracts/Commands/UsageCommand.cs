using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using EventDriven.Messaging.Contracts.Model;

namespace EventDriven.Messaging.Contracts.Commands;

/// <summary><c>contracts usage</c>: which consumer reads which field, and which fields nobody reads.</summary>
internal static class UsageCommand
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Create()
    {
        var command = new Command(
            "usage",
            "Lists each field of each event with the consumers that read it, from the records of their compiled handlers; "
            + "and the fields that nobody reads. Example: contracts usage");
        command.SetContractAction(async (parsed, cancellationToken) =>
        {
            var landscape = await parsed.ReadLandscapeAsync(cancellationToken);
            var root = Path.GetDirectoryName(parsed.OpenFolder().Root)!;
            if (parsed.GetValue<bool>(ContractsCommand.Json))
            {
                var contracts = new JsonArray([.. landscape.Contracts.Select(contract => Json(landscape, contract, root))]);
                Console.WriteLine(contracts.ToJsonString(Indented));
            }
            else
            {
                Print(landscape, root);
            }

            return 0;
        });
        return command;
    }

    private static void Print(Landscape landscape, string root)
    {
        foreach (var contract in landscape.Contracts)
        {
            var producers = string.Join(", ", landscape.Producers[contract.Type].DefaultIfEmpty("nobody"));
            Console.WriteLine($"{contract.Type} ({contract.Topic}), by {producers}");
            foreach (var field in contract.Members)
            {
                var readers = landscape.ReadersOf(contract.Type, field.Path).Select(reader =>
                    $"{reader.Service} ({reader.Member.Name}, {reader.Member.At.In(root)})");
                Console.WriteLine($"  {field.Path}: {string.Join(", ", readers.DefaultIfEmpty("nobody"))}");
            }
        }
    }

    private static JsonObject Json(Landscape landscape, EventContract contract, string root) => new()
    {
        ["type"] = contract.Type,
        ["topic"] = contract.Topic,
        ["producers"] = new JsonArray([.. landscape.Producers[contract.Type].Select(service => JsonValue.Create(service))]),
        ["fields"] = new JsonArray([.. contract.Members.Select(field => new JsonObject
        {
            ["path"] = field.Path,
            ["readBy"] = new JsonArray([.. landscape.ReadersOf(contract.Type, field.Path).Select(reader => new JsonObject
            {
                ["service"] = reader.Service,
                ["member"] = reader.Member.Name,
                ["source"] = reader.Member.At.In(root),
            })]),
        })]),
    };
}
