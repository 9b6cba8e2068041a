using System.CommandLine;
using EventDriven.Messaging.Contracts.Commands.Json;

namespace EventDriven.Messaging.Contracts.Commands;

/// <summary><c>contracts add</c>: writes down what records promise now.</summary>
internal static class AddCommand
{
    public static Command Create()
    {
        var command = new Command(
            "add",
            "Writes the schema of every new or changed event to its unshipped file, to be reviewed with the change. "
            + "Example: contracts add");
        command.SetContractAction(async (parsed, cancellationToken) =>
        {
            var folder = parsed.OpenFolder();
            var written = (await parsed.ReadLandscapeAsync(cancellationToken)).Contracts
                .Select(contract => folder.Add(contract.Topic, contract.Type, contract.Schema))
                .OfType<string>()
                .ToList();
            parsed.Write(
                new WrittenFilesJson(written),
                () => Console.WriteLine(written.Count == 0 ? "Nothing has changed." : string.Join(Environment.NewLine, written)));
            return 0;
        });
        return command;
    }
}
