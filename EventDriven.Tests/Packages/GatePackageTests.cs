using System.Globalization;
using System.Text.RegularExpressions;

namespace EventDriven.Tests.Packages;

/// <summary>A solution outside of the repository that has the gate from its package, as the package's README says.</summary>
public sealed partial class GatePackageTests(LocalFeed feed) : IClassFixture<LocalFeed>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_passes_what_is_released_and_fails_what_breaks_a_consumer_whom_it_names()
    {
        await MakeAsync();

        // Nothing has been restored before, and only the gate is named.
        Assert.Contains("warning EDC003: shop.orders.order-placed.v1 has no contract file yet", await DotnetAsync("build contracts"));
        await DotnetAsync("run --no-build --project contracts -- add");
        await DotnetAsync("run --no-build --project contracts -- release");
        await DotnetAsync("build contracts -warnaserror");

        await WriteAsync("Orders/OrderPlaced.cs", Record("Orders", "long Quantity"));
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => DotnetAsync("build contracts"));

        Assert.Contains("Orders/OrderPlaced.cs(4,", refused.Message, StringComparison.Ordinal);
        Assert.Contains("error EDC001: shop.orders.order-placed.v1: field 'quantity' breaks", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Read by Shipping (OrderPlaced.Quantity, Shipping/OrderPlaced.cs:4).", refused.Message, StringComparison.Ordinal);
        Assert.Contains(
            "  quantity: Shipping (OrderPlaced.Quantity, Shipping/OrderPlaced.cs:4)",
            await DotnetAsync("run --no-build --project contracts -- usage"),
            StringComparison.Ordinal);
    }

    private async Task MakeAsync()
    {
        var readme = await File.ReadAllTextAsync(
            Path.Combine(Repository.Root, "EventDriven.Messaging.Contracts", "README.md"), Cancelled);
        var version = feed.Version("EventDriven.Messaging.Contracts");
        await WriteAsync("contracts/Contracts.csproj", Project().Match(readme).Value.Replace("1.0.0", version, StringComparison.Ordinal));
        foreach (var service in (string[])["Orders", "Shipping"])
        {
            await WriteAsync(
                $"{service}/{service}.csproj",
                $"""
                <Project Sdk="Microsoft.NET.Sdk.Web">
                  <PropertyGroup>
                    <TargetFramework>net10.0</TargetFramework>
                    <Nullable>enable</Nullable>
                    <ImplicitUsings>enable</ImplicitUsings>
                  </PropertyGroup>
                  <ItemGroup>
                    <PackageReference Include="EventDriven.Messaging" Version="{version}" />
                  </ItemGroup>
                </Project>
                """);
            await WriteAsync($"{service}/OrderPlaced.cs", Record(service, "int Quantity"));
        }

        await WriteAsync("Orders/Program.cs", Program("Orders", ".Publishes<OrderPlaced>(\"orders.v1\", key: placed => placed.OrderId)"));
        await WriteAsync(
            "Shipping/Program.cs",
            Program("Shipping", ".AddConsumer(\"shipping\", shipping => shipping.Subscribe(\"orders.v1\").AddHandler<ShipOrder>())"));
        await WriteAsync(
            "Shipping/ShipOrder.cs",
            """
            using EventDriven.Messaging;
            namespace Shipping;
            internal sealed class ShipOrder : IEventHandler<OrderPlaced>
            {
                public Task HandleAsync(EventContext<OrderPlaced> context, CancellationToken cancellationToken) => Task.CompletedTask;
            }
            """);
    }

    private static string Record(string service, string quantity) =>
        $"""
        using EventDriven.Messaging;
        namespace {service};
        [Event("shop.orders.order-placed.v1")]
        internal sealed record OrderPlaced(Guid OrderId, {quantity});
        """;

    private static string Program(string service, string messaging) =>
        $"""
        using {service};
        using EventDriven.Messaging;
        using Microsoft.EntityFrameworkCore;
        var builder = WebApplication.CreateBuilder(args);
        builder.AddMessaging<Database>("/{service.ToLower(CultureInfo.InvariantCulture)}").UseKafka("kafka"){messaging};
        await builder.Build().RunAsync();
        internal sealed class Database(DbContextOptions<Database> options) : DbContext(options);
        """;

    private async Task WriteAsync(string file, string text)
    {
        var path = Path.Combine(feed.Workspace, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, text, Cancelled);
    }

    private Task<string> DotnetAsync(string command) => Command.DotnetAsync(feed.Workspace, command.Split(' '), Cancelled);

    [GeneratedRegex("^<Project .*?^</Project>$", RegexOptions.Multiline | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Project();
}
