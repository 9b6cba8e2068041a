using System.CommandLine;
using System.Text.Json;
using EventDriven.Cli;
using EventDriven.Cli.Contracts;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Tests.Cli;
using EventDriven.Tests.Cli.Json;

namespace EventDriven.Tests.Gate;

/// <summary>The way of a change through the commands: add, release, check, usage.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class ContractsCommandTests : IDisposable
{
    /// <summary>The commands whose output for programs these tests hold to its documentation.</summary>
    public static readonly string[] Json =
    [
        "contracts add", "contracts asyncapi", "contracts check", "contracts page", "contracts release", "contracts usage",
    ];

    private const string Event = "[Event(\"shop.orders.order-placed.v1\")] ";
    private const string Placed = Event + "public sealed record OrderPlaced(string OrderId, decimal Total";

    private readonly Shop _shop = new Shop()
        .Produces($"{Placed});")
        .Consumes("Fraud.Worker", Event + "internal sealed record OrderPlaced(decimal Total);");

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task A_change_is_written_down_released_and_from_then_on_guarded()
    {
        Assert.Equal((ExitCode.Done, true), await SaysAsync("check", "warning EDC003"));
        Assert.Equal((ExitCode.Done, true), await SaysAsync("add", "shop.orders.order-placed.v1.unshipped.json"));
        Assert.Equal((ExitCode.Done, true), await SaysAsync("add", "Nothing has changed."));
        Assert.Equal((ExitCode.Done, true), await SaysAsync("release", "shop.orders.order-placed.v1.json"));
        Assert.Equal((ExitCode.Done, true), await SaysAsync("release", "Nothing is unshipped."));

        _shop.Produces($"{Placed}, string? Channel = null);");
        Assert.Equal((ExitCode.Done, true), await SaysAsync("check", "warning EDC003"));
        Assert.Equal((ExitCode.Done, true), await SaysAsync("add", "shop.orders.order-placed.v1.unshipped.json"));
        Assert.Equal((ExitCode.Done, true), await SaysAsync("release", "shop.orders.order-placed.v1.1.json"));

        _shop.Produces(Event + "public sealed record OrderPlaced(string OrderId, string? Channel = null);");
        Assert.Equal((ExitCode.Refused, true), await SaysAsync("check", "Read by Fraud.Worker"));
    }

    [Fact]
    public async Task Usage_names_who_reads_each_field_and_what_nobody_reads()
    {
        var (exitCode, said) = await RunAsync("usage");

        Assert.Equal(ExitCode.Done, exitCode);
        Assert.Contains("shop.orders.order-placed.v1 (orders.v1), by nobody", said, StringComparison.Ordinal);
        Assert.Contains("  orderId: nobody", said, StringComparison.Ordinal);
        Assert.Contains("  total: Fraud.Worker (OrderPlaced.Total, build-", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_reads_usage_as_JSON()
    {
        var (_, said) = await RunAsync("usage", "--json");
        using var json = JsonDocument.Parse(said);
        var contract = Assert.Single(json.RootElement.EnumerateArray());

        Assert.Equal("shop.orders.order-placed.v1", contract.GetProperty("type").GetString());
        var total = contract.GetProperty("fields").EnumerateArray().Single(field => field.GetProperty("path").GetString() == "total");
        Assert.Equal("Fraud.Worker", Assert.Single(total.GetProperty("readBy").EnumerateArray()).GetProperty("service").GetString());
    }

    /// <summary>In an order in which each has something to do.</summary>
    [Fact]
    public async Task Each_command_writes_what_is_documented()
    {
        string[] commands = ["check", "add", "release", "usage", "asyncapi", "page"];
        foreach (var command in commands)
        {
            string[] options = command is "asyncapi" or "page" ? ["--output", Path.Combine(_shop.Root, "docs", command)] : [];
            var (exitCode, said) = await RunAsync(command, [.. options, "--json"]);

            Assert.Equal(ExitCode.Done, exitCode);
            DocumentedOutput.Check($"contracts {command}", said);
        }

        Assert.Equal(Json, commands.Select(command => $"contracts {command}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_folder_without_a_project_is_told() => Assert.Equal(
        ExitCode.Usage,
        (await Output.OfAsync(() => CommandLine.RunAsync(Root(), ["contracts", "usage", "--folder", _shop.Root]))).ExitCode);

    private async Task<(int ExitCode, bool Said)> SaysAsync(string command, string words)
    {
        var (exitCode, said) = await RunAsync(command);
        return (exitCode, said.Contains(words, StringComparison.Ordinal));
    }

    private Task<(int ExitCode, string Said)> RunAsync(string command, params string[] options)
    {
        var (contracts, services) = _shop.Compile();
        return Output.OfAsync(() => CommandLine.RunAsync(
            Root(),
            ["contracts", command, .. options, "--folder", _shop.Folder.Root, "--contracts", contracts, "--services", .. services]));
    }

    private static RootCommand Root() => new() { ContractsCommand.Create() };
}
