using EventDriven.Messaging.Contracts;
using EventDriven.Messaging.Contracts.Commands;
using EventDriven.Messaging.Contracts.Majors;
using EventDriven.Messaging.Contracts.Model;
using EventDriven.Tests.Cli;

namespace EventDriven.Tests.Gate;

/// <summary><c>contracts new-major</c>: the sources of a new major version, which compile as they are.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class NewMajorTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("eventdriven-major-");
    private int _builds;

    public NewMajorTests()
    {
        Write("Money.cs", "namespace Shop.Contracts; public sealed record Money(decimal Amount, string Currency);");
        Write("Orders/Line.cs", "namespace Shop.Contracts.Orders; public sealed record Line(string Sku, Money Price, Gift? Gift);");
        Write(
            "Orders/Gift.cs",
            "namespace Shop.Contracts.Orders { public sealed record Gift { public required string To { get; init; } } }");
        Write("Orders/Channel.cs", "namespace Shop.Contracts.Orders; public enum Channel { Web, Shop }");
        Write(
            "Orders/OrderPlaced.cs",
            """
            namespace Shop.Contracts.Orders;

            [Event("shop.orders.order-placed.v1")]
            public sealed record OrderPlaced(string OrderId, Channel Channel, IReadOnlyList<Line> Lines, Line[]? Extras, Gift? Gift)
            {
                public string? Note { get; init; }
            }
            """);
        Write(
            "Orders/OrderCancelled.cs",
            """
            namespace Shop.Contracts.Orders;
            [Event("shop.orders.order-cancelled.v1")]
            public sealed record OrderCancelled(string OrderId);
            """);
        Write(
            "Stock/StockCounted.cs",
            """
            namespace Shop.Contracts.Stock;
            [Event("shop.stock.stock-counted.v1", Topic = "warehouse")]
            public sealed record StockCounted(string Sku);
            """);
    }

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void Every_record_of_the_topic_is_there_in_the_next_version_and_made_from_the_former()
    {
        Scaffold("orders");

        Assert.Equal(
            ["Conversions.cs", "Gift.cs", "Line.cs", "OrderCancelled.cs", "OrderPlaced.cs"],
            Directory.GetFiles(Path.Combine(_root.FullName, "Orders", "V2")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var contracts = Build(out var assembly).Contracts.Where(contract => contract.Topic == "orders.v2").ToList();
        Assert.Equal(["shop.orders.order-cancelled.v2", "shop.orders.order-placed.v2"], contracts.Select(contract => contract.Type));

        var former = Build(out _).Contracts.Single(contract => contract.Type == "shop.orders.order-placed.v1");
        Assert.Equal(former.Schema.ToJsonString(), contracts[1].Schema.ToJsonString().Replace("order-placed.v2", "order-placed.v1"));
        Assert.All(
            contracts[1].Members.Where(member => member.Name.StartsWith("Line.", StringComparison.Ordinal)),
            member => Assert.EndsWith(Path.Combine("Orders", "V2", "Line.cs"), member.At.File, StringComparison.Ordinal));
        Assert.NotNull(assembly);
    }

    [Fact]
    public void The_version_after_the_next_is_made_of_the_next()
    {
        Scaffold("orders");
        Edit("Orders/V2/Line.cs", "string Sku", "string Sku, int Weight");
        Edit("Orders/V2/Conversions.cs", "new(former.Sku", "new(former.Sku, 0");

        Scaffold("orders");

        var placed = Build(out _).Contracts.Single(contract => contract.Type == "shop.orders.order-placed.v3");
        Assert.Equal(("orders.v3", "Shop.Contracts.Orders.V3"), (placed.Topic, placed.Record.Namespace));
        Assert.Contains(placed.Members, member => member.Path == "lines[].weight");
        Assert.Contains(
            "using Former = Shop.Contracts.Orders.V2;", File.ReadAllText(Path.Combine(_root.FullName, "Orders", "V3", "Conversions.cs")));
    }

    [Fact]
    public void A_topic_that_an_event_names_gets_a_version()
    {
        Scaffold("warehouse");

        var counted = Build(out _).Contracts.Single(contract => contract.Type == "shop.stock.stock-counted.v2");
        Assert.Equal("warehouse.v2", counted.Topic);
    }

    [Fact]
    public void An_enum_of_a_copied_file_is_converted_and_one_beside_it_is_seen()
    {
        Edit("Orders/OrderCancelled.cs", "(string OrderId)", "(string OrderId, By By, By? Also); public enum By { Customer, Shop }");
        Scaffold("orders");
        Write("Orders/V2/Size.cs", "namespace Shop.Contracts.Orders.V2; public enum Size { Small, Large }");
        Edit("Orders/V2/Line.cs", "string Sku", "string Sku, Size Size");
        Edit("Orders/V2/Conversions.cs", "new(former.Sku", "new(former.Sku, Size.Small");

        Scaffold("orders");

        Assert.Contains(Build(out _).Contracts, contract => contract.Type == "shop.orders.order-cancelled.v3");
    }

    [Fact]
    public void Records_that_nobody_else_sees_stay_so()
    {
        foreach (var file in (string[])["Line.cs", "Gift.cs", "OrderPlaced.cs", "OrderCancelled.cs"])
        {
            Edit($"Orders/{file}", "public sealed record", "internal sealed record");
        }

        Scaffold("orders");

        Assert.Equal(2, Build(out _).Contracts.Count(contract => contract.Topic == "orders.v2"));
    }

    [Theory]
    [InlineData("Orders/OrderCancelled.cs", "namespace Shop.Contracts.Orders", "namespace Shop.Contracts.Elsewhere")]
    [InlineData("Orders/OrderCancelled.cs", "namespace Shop.Contracts.Orders;", "")]
    [InlineData("Orders/OrderCancelled.cs", "public sealed record", "public static class Events { public sealed record")]
    public void What_can_not_be_copied_is_named_with_what_to_do(string file, string from, string to)
    {
        Edit(file, from, to);
        if (to.Contains('{', StringComparison.Ordinal))
        {
            Edit(file, ");", "); }");
        }

        var refused = Assert.Throws<ContractException>(() => NewMajor.Of(Build(out _), "orders"));

        Assert.Matches(@"^\w+ \(.*\.cs\) can't be copied: .* Move it to a file beside the others, build, and try again\.$",
            refused.Message);
    }

    [Fact]
    public void What_is_there_already_is_not_overwritten()
    {
        Scaffold("orders.v1");

        var refused = Assert.Throws<ContractException>(() => NewMajor.Of(Build(out _), "orders.v1"));

        Assert.Contains(Path.Combine("Orders", "V2"), refused.Message, StringComparison.Ordinal);
        Assert.EndsWith("is there already: change that one, or remove it to begin anew.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_topic_that_is_not_there_is_told_with_those_that_are() => Assert.Equal(
        "No event is published to 'order'. Topics: orders.v1, warehouse.",
        Assert.Throws<ContractException>(() => NewMajor.Of(Build(out _), "order")).Message);

    [Fact]
    public async Task The_command_says_what_else_to_write()
    {
        Build(out var assembly);

        var (exitCode, said) = await Output.OfAsync(() => ContractsCommand.CreateProgram()
            .Parse(["new-major", "orders", "--folder", Path.Combine(_root.FullName, "contracts"), "--contracts", assembly])
            .InvokeAsync(cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(0, exitCode);
        Assert.Contains(Path.Combine("Orders", "V2", "OrderPlaced.cs"), said, StringComparison.Ordinal);
        Assert.Contains(""".AlsoPublishes<OrderPlaced, V2.OrderPlaced>("orders.v2", V2.Conversions.ToV2)""", said);
        Assert.True(File.Exists(Path.Combine(_root.FullName, "Orders", "V2", "OrderPlaced.cs")));
    }

    private void Scaffold(string topic) => NewMajor.Of(Build(out _), topic).Write();

    private Landscape Build(out string assembly)
    {
        // An assembly that is loaded stays; each build has a folder of its own, as far as the loader knows.
        var output = Directory.CreateDirectory(Path.Combine(_root.FullName, $"build-{++_builds}")).FullName;
        assembly = CompiledCode.Write(
            output,
            "Shop.Contracts",
            Directory.EnumerateFiles(_root.FullName, "*.cs", SearchOption.AllDirectories).Select(file => (file, File.ReadAllText(file))));
        return Landscape.Read([assembly], []);
    }

    private void Write(string file, string code)
    {
        var path = Path.Combine(_root.FullName, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, code);
    }

    private void Edit(string file, string from, string to)
    {
        var path = Path.Combine(_root.FullName, file);
        var code = File.ReadAllText(path);
        Assert.Contains(from, code, StringComparison.Ordinal);
        File.WriteAllText(path, code.Replace(from, to, StringComparison.Ordinal));
    }
}
