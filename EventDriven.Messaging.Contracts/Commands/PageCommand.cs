using System.CommandLine;
using EventDriven.Messaging.Contracts.Pages;

namespace EventDriven.Messaging.Contracts.Commands;

/// <summary><c>contracts page</c>: the events for people.</summary>
internal static class PageCommand
{
    private const string Name = "page";

    public static Command Create()
    {
        var output = GeneratedFile.Output("docs/events.html");
        var check = GeneratedFile.Check();
        var title = new Option<string>("--title") { Description = "Name of the system.", DefaultValueFactory = _ => EventsPage.Title };
        var command = new Command(
            Name,
            "Writes a page of all events with their fields, who reads each, and their versions: one file, to be opened in a browser. "
            + "Example: contracts page --check")
        {
            output, check, title,
        };
        command.SetContractAction(async (parsed, cancellationToken) =>
        {
            var file = new GeneratedFile(parsed.GetValue(output)!);
            var folder = parsed.OpenFolder();
            var text = EventsPage.Write(
                await parsed.ReadLandscapeAsync(cancellationToken), folder, file.Folder, parsed.GetValue(title)!);
            return await file.WriteAsync(parsed, text, parsed.GetValue(check), folder.CommandLine(Name), cancellationToken);
        });
        return command;
    }
}
