using System.CommandLine;
using EventDriven.Messaging.Contracts.AsyncApi;

namespace EventDriven.Messaging.Contracts.Commands;

/// <summary><c>contracts asyncapi</c>: the events for tools that read AsyncAPI.</summary>
internal static class AsyncApiCommand
{
    private const string Name = "asyncapi";
    private static readonly AsyncApiOptions Defaults = new();

    public static Command Create()
    {
        var output = GeneratedFile.Output("docs/asyncapi.yaml");
        var check = GeneratedFile.Check();
        var title = new Option<string>("--title") { Description = "Name of the system.", DefaultValueFactory = _ => Defaults.Title };
        var version = new Option<string>("--document-version")
        {
            Description = "Version of the document.",
            DefaultValueFactory = _ => Defaults.Version,
        };
        var host = new Option<string>("--host") { Description = "Kafka, as host:port.", DefaultValueFactory = _ => Defaults.Host };
        var command = new Command(
            Name,
            "Writes an AsyncAPI 3.0 document of all events, topics, and what each service sends and receives. "
            + "Example: contracts asyncapi --check")
        {
            output, check, title, version, host,
        };
        command.SetContractAction(async (parsed, cancellationToken) =>
        {
            var file = new GeneratedFile(parsed.GetValue(output)!);
            var folder = parsed.OpenFolder();
            var text = AsyncApiDocument.Write(
                await parsed.ReadLandscapeAsync(cancellationToken),
                folder,
                file.Folder,
                new AsyncApiOptions(parsed.GetValue(title)!, parsed.GetValue(version)!, parsed.GetValue(host)!));
            return await file.WriteAsync(parsed, text, parsed.GetValue(check), folder.CommandLine(Name), cancellationToken);
        });
        return command;
    }
}
