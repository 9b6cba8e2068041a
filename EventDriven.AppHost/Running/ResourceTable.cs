using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace EventDriven.AppHost.Running;

/// <summary>Prints the resources with their states and addresses.</summary>
internal static class ResourceTable
{
    public static void Write(IAnsiConsole console, DistributedApplication application)
    {
        var table = new Table().Title("EventDriven").AddColumns("Resource", "State", "URL");
        foreach (var resource in application.Services.GetRequiredService<DistributedApplicationModel>().Resources)
        {
            if (application.ResourceNotifications.TryGetCurrentState(resource.Name, out var current)
                && current.Snapshot is { IsHidden: false, State.Text: { } state }
                && resource is not ParameterResource)
            {
                var isGood = state == KnownResourceStates.Running || current.Snapshot.ExitCode == 0;
                table.AddRow(
                    new Text(resource.Name), new Text(state, new Style(isGood ? Color.Green : Color.Red)),
                    new Text(Address(current.Snapshot)));
            }
        }

        console.Write(table);
    }

    private static string Address(CustomResourceSnapshot snapshot) => snapshot.Urls.FirstOrDefault(url => !url.IsInternal)?.Url ?? "";
}
