using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using EventDriven.Tests.Packages;

namespace EventDriven.Tests.Templates;

/// <summary>
/// <c>dotnet new eventdriven-app</c> from the package of templates, outside of the repository, with the packed library: the application
/// runs without containers and without any server that was there before.
/// </summary>
public sealed class AppTemplateTests(LocalFeed feed) : IClassFixture<LocalFeed>
{
    private static readonly TimeSpan Start = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Handling = TimeSpan.FromSeconds(60);
    private static readonly HttpClient Http = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_application_is_made_built_without_warnings_tested_and_run_until_an_order_is_shipped()
    {
        var shop = await MakeAsync("Shop");

        await Command.DotnetAsync(shop, ["build", "-warnaserror", "--tl:off", "-v", "q", "-clp:NoSummary"], Token);

        var output = await Command.DotnetAsync(shop, [BuiltProgram.In(shop, "Shop.Tests"), "--no-ansi"], Token);
        Assert.Contains("failed: 0", output, StringComparison.Ordinal);
        Assert.Contains("succeeded: 2", output, StringComparison.Ordinal);

        await using var application = new RunningAppHost(shop, BuiltProgram.In(shop, "Shop.AppHost"));
        var orders = await application.UrlAsync("orders", Start, Token);
        var shipping = await application.UrlAsync("shipping", Start, Token);
        await Eventually.TrueAsync(() => IsHealthyAsync(orders), Start);
        using var placed = await Http.PostAsJsonAsync(new Uri(orders, "orders"), new { sku = "mug-blue", quantity = 2 }, Token);
        placed.EnsureSuccessStatusCode();
        var order = (await placed.Content.ReadFromJsonAsync<JsonObject>(Token))!["id"]!.GetValue<Guid>();
        await Eventually.TrueAsync(() => AnswersAsync(new Uri(shipping, $"shipments/{order}")), Handling);
    }

    [Fact]
    public async Task A_change_of_the_event_that_breaks_its_consumer_fails_the_build_at_the_record_and_names_the_consumer()
    {
        var market = await MakeAsync("Market");
        var record = Path.Combine(market, "Market.Orders", "OrderPlaced.cs");
        var lines = await File.ReadAllLinesAsync(record, Token);
        var changed = Array.FindIndex(lines, line => line.Contains("int Quantity", StringComparison.Ordinal));
        lines[changed] = lines[changed].Replace("int Quantity", "long Quantity", StringComparison.Ordinal);
        await File.WriteAllLinesAsync(record, lines, Token);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            Command.DotnetAsync(market, ["build", "--tl:off", "-v", "q", "-clp:NoSummary"], Token));

        Assert.Contains($"Market.Orders/OrderPlaced.cs({changed + 1},", refused.Message, StringComparison.Ordinal);
        Assert.Contains(
            "error EDC001: market.orders.order-placed.v1: field 'quantity' breaks", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Read by Market.Shipping (OrderPlaced.Quantity, ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait(UnitTest.Trait, UnitTest.Value)]
    public void Its_packages_have_the_versions_that_the_repository_was_tested_with()
    {
        var own = Versions(Path.Combine(Repository.Root, "Directory.Packages.props"));
        own["Aspire.Hosting.AppHost"] = XDocument.Load(Path.Combine(Repository.Root, "Directory.Build.props"))
            .Descendants("AspireVersion").Single().Value;
        var made = Versions(Path.Combine(Repository.Root, "templates", "eventdriven-app", "Directory.Packages.props"));

        Assert.All(
            made.Where(package => !package.Key.StartsWith("EventDriven.", StringComparison.Ordinal)),
            package => Assert.Equal(own[package.Key], package.Value));
    }

    private async Task<string> MakeAsync(string name)
    {
        using var hive = new TemplateHive();
        await hive.InstallAsync(feed.Package("EventDriven.Templates"), Token);
        await hive.NewAsync(feed.Workspace, ["eventdriven-app", "-n", name], Token);
        return Path.Combine(feed.Workspace, name);
    }

    private static Dictionary<string, string> Versions(string file) => XDocument.Load(file).Descendants("PackageVersion").ToDictionary(
        package => (string)package.Attribute("Include")!, package => (string)package.Attribute("Version")!, StringComparer.Ordinal);

    private static Task<bool> IsHealthyAsync(Uri service) => AnswersAsync(new Uri(service, "health"));

    private static async Task<bool> AnswersAsync(Uri url)
    {
        try
        {
            using var answer = await Http.GetAsync(url, Token);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            // It doesn't listen yet.
            return false;
        }
    }
}
