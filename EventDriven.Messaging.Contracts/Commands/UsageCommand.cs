using System.CommandLine;
using EventDriven.Messaging.Contracts.Commands.Json;
using EventDriven.Messaging.Contracts.Model;

namespace EventDriven.Messaging.Contracts.Commands;

/// <summary><c>contracts usage</c>: which consumer reads which field, and which fields nobody reads.</summary>
internal static class UsageCommand
{
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
            parsed.Write<IReadOnlyList<ContractUsageJson>>(
                [.. landscape.Contracts.Select(contract => Json(landscape, contract, root))], () => Print(landscape, root));
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

    private static ContractUsageJson Json(Landscape landscape, EventContract contract, string root) => new(
        contract.Type,
        contract.Topic,
        [.. landscape.Producers[contract.Type]],
        [
            .. contract.Members.Select(field => new FieldUsageJson(
                field.Path,
                [
                    .. landscape.ReadersOf(contract.Type, field.Path)
                        .Select(reader => new FieldReaderJson(reader.Service, reader.Member.Name, reader.Member.At.In(root))),
                ])),
        ]);
}
