using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace EventDriven.Tests.Packages;

/// <summary>The quickstart of the README, made outside of the repository from the packages, on real servers.</summary>
public sealed class QuickstartTests(Servers servers, LocalFeed feed) : IClassFixture<LocalFeed>
{
    private const int MostLines = 30;

    private static readonly TimeSpan Handling = TimeSpan.FromSeconds(60);
    private static readonly HttpClient Http = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void It_is_the_sample_that_is_built_with_the_repository() =>
        Assert.Equal(File.ReadAllText(Path.Combine(Repository.Root, "samples", "Quickstart", "Program.cs")), LibraryReadme.Program);

    [Fact]
    public void It_is_short() =>
        Assert.InRange(LibraryReadme.Program.TrimEnd().Split('\n').Length, 1, MostLines);

    [Fact]
    public async Task A_project_that_is_made_from_it_publishes_an_event_and_handles_it()
    {
        var topic = await servers.CreateTopicAsync(partitions: 3, Cancelled);
        var project = await MakeAsync(LibraryReadme.Program.Replace("orders.v1", topic, StringComparison.Ordinal));
        string[] program = ["bin/Debug/net10.0/Quickstart.dll", "--urls", "http://127.0.0.1:0"];
        await using var quickstart = new ListeningProcess(project, program, new()
        {
            ["ConnectionStrings__shop"] = await servers.CreateDatabaseAsync(Cancelled),
            ["ConnectionStrings__kafka"] = servers.Kafka,
        });
        var url = new Uri(await quickstart.UrlAsync(Cancelled), "orders");

        using var placed = await Http.PostAsync(new Uri($"{url}/o-1"), content: null, Cancelled);

        placed.EnsureSuccessStatusCode();
        await Eventually.TrueAsync(async () => await IsShippedAsync(url), Handling);
    }

    [Fact]
    public void What_is_packed_is_six_libraries_with_their_symbols_the_gate_and_the_templates()
    {
        string[] libraries =
        [
            "EventDriven.Hosting", "EventDriven.Messaging", "EventDriven.Messaging.Abstractions", "EventDriven.Messaging.Operations",
            "EventDriven.Messaging.Redis", "EventDriven.Schemas",
        ];
        Assert.Equal(libraries, feed.Names("snupkg"));
        Assert.Equal(
            [.. libraries.Append("EventDriven.Messaging.Contracts").Append("EventDriven.Templates").Order(StringComparer.Ordinal)],
            feed.Names("nupkg"));
    }

    private static async Task<bool> IsShippedAsync(Uri url)
    {
        var orders = await Http.GetFromJsonAsync<JsonArray>(url, Cancelled);
        return orders is [{ } order] && (bool)order["isShipped"]!;
    }

    private async Task<string> MakeAsync(string program)
    {
        var project = Path.Combine(feed.Workspace, "Quickstart");
        foreach (var command in LibraryReadme.Commands)
        {
            await Command.DotnetAsync(command[0] == "new" ? feed.Workspace : project, command, Cancelled);
        }

        await File.WriteAllTextAsync(Path.Combine(project, "Program.cs"), program, Cancelled);
        await Command.DotnetAsync(project, ["build", "--tl:off"], Cancelled);
        return project;
    }
}
