using Spectre.Console;

namespace EventDriven.LocalHost.Terminal;

/// <summary>The resources with their state and address, and the pages worth opening.</summary>
internal static class ResourceTable
{
    public static void Write(IAnsiConsole console, LocalApplication application)
    {
        var table = new Table().Title("EventDriven, local mode").AddColumns("Resource", "State", "URL");
        foreach (var resource in application.Resources)
        {
            table.AddRow(new Text(resource.Name), State(resource), new Text(resource.Address ?? ""));
        }

        if (application.Resources.FirstOrDefault(resource => resource.Name == "checkout")?.Url is { } checkout)
        {
            table.AddRow(new Text("API reference"), new Text(""), new Text(new Uri(checkout, "/scalar").AbsoluteUri));
        }

        console.Write(table);
        foreach (var note in application.Resources.Select(resource => resource.Note).OfType<string>())
        {
            // Not through the console, which would break a link at the terminal's width.
            console.Profile.Out.Writer.WriteLine(note);
        }
    }

    private static Text State(LocalResource resource) => new(
        resource.State.ToString(),
        new Style(resource.State is ResourceState.Running or ResourceState.Completed ? Color.Green : Color.Red));
}
