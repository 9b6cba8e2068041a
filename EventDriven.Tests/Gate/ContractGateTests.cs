using EventDriven.Messaging.Contracts.Files;
using EventDriven.Messaging.Contracts.Model;

namespace EventDriven.Tests.Gate;

/// <summary>A build names whom a change of a contract would break (law L7).</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class ContractGateTests : IDisposable
{
    private const string Released =
        """
        /// <summary>A customer placed an order.</summary>
        [Event("shop.orders.order-placed.v1")]
        public sealed record OrderPlaced(
            Guid OrderId,
            [Numeric(14, 2)] decimal Total,
            IReadOnlyList<Line> Lines,
            string Channel);

        public sealed record Line(string Sku, int Quantity);
        """;

    private const string Fraud =
        """
        [Event("shop.orders.order-placed.v1")]
        internal sealed record OrderPlaced(Guid OrderId, decimal Total);
        """;

    private const string Picking =
        """
        [Event("shop.orders.order-placed.v1")]
        internal sealed record OrderPlaced(
            IReadOnlyList<PickedLine> Lines);

        internal sealed record PickedLine(string Sku, int Quantity);
        """;

    private static readonly string WithVoucher = Changed("string Channel);", "string Channel, string? Voucher = null);");

    private readonly Shop _shop = new Shop().Produces(Released).Consumes("Fraud.Worker", Fraud).Consumes("Picking.Worker", Picking);

    public void Dispose() => _shop.Dispose();

    [Fact]
    public void What_is_released_and_unchanged_passes()
    {
        Assert.Contains("warning EDC003: shop.orders.order-placed.v1 has no contract file yet.", Assert.Single(_shop.Check()));
        Assert.Empty(_shop.Release().Check());
    }

    /// <summary>Field, rule, both fragments and each consumer that reads the field, where record and readers are declared.</summary>
    [Fact]
    public void An_incompatible_change_is_an_error_that_names_who_reads_the_field()
    {
        _shop.Release().Produces(Changed("[Numeric(14, 2)] decimal Total", "string Total"));

        var findings = _shop.Check();

        Assert.Equal(2, findings.Count);
        Assert.Equal(
            "Shop.Contracts.cs(5) error EDC001: shop.orders.order-placed.v1: field 'total' breaks consumers of today and who reads older "
            + "events (TYPE_CHANGED). It was \"number\" in v1.0 and is \"string\" now. Read by Fraud.Worker (OrderPlaced.Total, "
            + "build-2/Fraud.Worker.cs:3). Take the change back, add a new optional field beside it, or begin a new "
            + "major version: dotnet run --project contracts -- new-major orders.v1",
            findings[0]);
        Assert.StartsWith(
            "Fraud.Worker.cs(3) error EDC005: Fraud.Worker can't read every shop.orders.order-placed.v1: 'total' is \"string\" in its "
            + "record, and OrderPlaced admits \"number\"", findings[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("string Channel);", "string Channel, string? Voucher = null);", "")]
    [InlineData("string Channel);", "string Channel, string Voucher);", "EDC001 voucher nobody")]
    [InlineData("string Channel);", "string? Channel);", "EDC001 channel nobody")]
    [InlineData("int Quantity", "long Quantity", "EDC001 lines[].quantity Picking.Worker; EDC005 lines[].quantity")]
    [InlineData("int Quantity", "[Range(1, 10)] int Quantity", "EDC001 lines[].quantity Picking.Worker")]
    [InlineData("Guid OrderId", "string OrderId", "EDC001 orderId Fraud.Worker; EDC005 orderId")]
    [InlineData("[Numeric(14, 2)]", "[Numeric(14, 3)]", "EDC001 total Fraud.Worker")]
    [InlineData("string Sku, int Quantity", "int Quantity", "EDC001 lines[].sku Picking.Worker; EDC005 lines[].sku")]
    [InlineData("string Sku, int Quantity", "string Article, int Quantity",
        "EDC001 lines[].sku Picking.Worker; EDC001 lines[].article nobody; EDC005 lines[].sku")]
    public void A_change_breaks_whom_it_breaks(string old, string updated, string expected)
    {
        _shop.Release().Produces(Changed(old, updated));

        var findings = _shop.Check();

        if (expected.Length == 0)
        {
            Assert.Equal(
                "Shop.Contracts.cs(3) warning EDC003: shop.orders.order-placed.v1 has changed in a compatible way since v1.0. "
                + "Run: dotnet run --project contracts -- add",
                Assert.Single(findings));
            return;
        }

        foreach (var part in expected.Split("; "))
        {
            var words = part.Split(' ');
            Assert.Contains(findings, finding => finding.Contains($"error {words[0]}:", StringComparison.Ordinal)
                && finding.Contains($"'{words[1]}'", StringComparison.Ordinal)
                && (words.Length < 3 || finding.Contains(Readers(words[2]), StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void A_field_that_somebody_reads_cannot_go_even_if_it_was_deprecated()
    {
        _shop.Produces(Changed("[Numeric(14, 2)]", "[property: Obsolete] [Numeric(14, 2)]")).Release();
        _shop.Produces(Changed("    [Numeric(14, 2)] decimal Total,\n", ""));


        AssertSaid("error EDC001: shop.orders.order-placed.v1: field 'total' is gone", "Read by Fraud.Worker (OrderPlaced.Total");
    }

    [Fact]
    public void A_field_that_nobody_reads_goes_only_after_a_release_that_deprecates_it()
    {
        var without = Changed(",\n    string Channel", "");
        _shop.Release().Produces(without);
        Assert.Contains("error EDC002: shop.orders.order-placed.v1: field 'channel' is gone", Assert.Single(_shop.Check()));

        _shop.Produces(Changed("string Channel", "[property: Obsolete] string Channel")).Release();
        Assert.Empty(_shop.Check());

        Assert.Contains("warning EDC003", Assert.Single(_shop.Produces(without).Check()), StringComparison.Ordinal);
        Assert.Empty(_shop.Release().Check());
        Assert.Equal(3, _shop.Folder.Of("shop.orders.order-placed.v1").Count);
    }

    /// <summary>The log keeps events of every version, and a replay reads them.</summary>
    [Fact]
    public void Every_released_version_counts_and_not_only_the_last()
    {
        _shop.Release().Produces(WithVoucher).Release();

        _shop.Produces(Changed("string Channel);", "string Channel, int? Voucher = null);"));

        Assert.Contains("'voucher'", Assert.Single(_shop.Check()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_consumer_that_requires_a_field_that_older_events_lack_is_an_error_at_the_consumer()
    {
        _shop.Release().Produces(WithVoucher).Release();

        _shop.Consumes("Fraud.Worker", Fraud.Replace("decimal Total", "string Voucher", StringComparison.Ordinal));

        Assert.Contains(_shop.Check(), finding => finding.StartsWith("Fraud.Worker.cs(3) error EDC005", StringComparison.Ordinal));
        _shop.Consumes("Fraud.Worker", Fraud.Replace("decimal Total", "string? Voucher = null", StringComparison.Ordinal));
        Assert.Empty(_shop.Check());
    }

    [Fact]
    public void A_field_that_no_version_has_and_an_event_that_nobody_declares_are_warnings_at_the_consumer()
    {
        _shop.Release()
            .Consumes("Fraud.Worker", Fraud.Replace("decimal Total", "decimal? Totl = null", StringComparison.Ordinal))
            .Consumes("Picking.Worker", Picking.Replace("order-placed", "order-picked", StringComparison.Ordinal));

        Assert.Collection(
            _shop.Check(),
            finding => Assert.StartsWith("Fraud.Worker.cs(3) warning EDC006: Fraud.Worker reads 'totl' (OrderPlaced.Totl)", finding),
            finding => Assert.StartsWith("Picking.Worker.cs(3) warning EDC008: Picking.Worker reads shop.orders.order-picked.v1", finding));
    }

    /// <summary>Its type is text for both, but what is on the topic is sealed.</summary>
    [Fact]
    public void A_consumer_that_reads_personal_data_as_plain_text_is_an_error_at_its_member()
    {
        _shop.Produces(Changed("Guid OrderId", "[DataSubject] Guid OrderId").Replace(
                "string Channel", "[PersonalData] string Channel", StringComparison.Ordinal))
            .Release()
            .Consumes("Fraud.Worker", Fraud.Replace("decimal Total", "string? Channel", StringComparison.Ordinal));

        Assert.StartsWith(
            "Fraud.Worker.cs(3) error EDC010: Fraud.Worker reads 'channel' (OrderPlaced.Channel)", Assert.Single(_shop.Check()));

        _shop.Consumes(
            "Fraud.Worker",
            Fraud.Replace(
                "Guid OrderId, decimal Total", "[DataSubject] Guid OrderId, [PersonalData] string? Channel", StringComparison.Ordinal));
        Assert.Empty(_shop.Check());
    }

    [Fact]
    public void A_released_file_that_is_edited_removed_or_made_by_hand_is_an_error()
    {
        var file = _shop.Release().Folder.Versions[0].Path;
        var text = File.ReadAllText(file);

        File.WriteAllText(file, text.Replace("\"maximum\": 2147483647", "\"maximum\": 5", StringComparison.Ordinal));
        AssertSaid("error EDC004: orders.v1/shop.orders.order-placed.v1.json was edited");

        File.Delete(file);
        AssertSaid("error EDC004");

        File.WriteAllText(file, text);
        Assert.Empty(_shop.Check());
        File.WriteAllText(Path.ChangeExtension(file, ".7.json"), text);
        AssertSaid("error EDC004: orders.v1/shop.orders.order-placed.v1.7.json");
    }

    [Fact]
    public void Line_ends_of_Windows_are_no_edit()
    {
        var file = _shop.Release().Folder.Versions[0].Path;

        File.WriteAllText(file, File.ReadAllText(file).Replace("\n", "\r\n", StringComparison.Ordinal));

        Assert.Empty(_shop.Check());
    }

    [Fact]
    public void A_released_event_goes_only_deprecated_and_unread()
    {
        _shop.Release().Produces("public sealed class Empty;");
        AssertSaid(
            "error EDC007: shop.orders.order-placed.v1 was released, and no published record bears it any more.",
            "Read by Fraud.Worker (OrderPlaced, ");

        using var other = new Shop().Produces("[Obsolete] " + Released.Split("\n", 2)[1]);
        other.Release().Produces("public sealed class Empty;");
        Assert.Empty(other.Check());
    }

    [Fact]
    public void Of_the_records_in_a_service_those_that_it_publishes_are_contracts_and_others_are_what_it_reads()
    {
        const string code =
            """
            namespace Shipping;
            [Event("shop.orders.order-placed.v1")] internal sealed record OrderPlaced(Guid OrderId);
            [Event("shop.shipping.order-shipped.v1")] internal sealed record OrderShipped(Guid OrderId);
            internal static class Events
            {
                public static void Add(IMessagingBuilder messaging) => messaging.Publishes<OrderShipped>("shipping.v1", e => e.OrderId);
            }
            """;
        var shipping = CompiledCode.Write(_shop.Root, "Shipping", code);

        var contract = Assert.Single(Landscape.Read([shipping], [shipping]).Contracts);

        Assert.Equal("shop.shipping.order-shipped.v1", contract.Type);
    }

    [Fact]
    public void Output_of_the_build_beside_the_contracts_is_none()
    {
        var built = Directory.CreateDirectory(Path.Combine(_shop.Release().Folder.Root, "obj")).FullName;
        File.WriteAllText(Path.Combine(built, "project.assets.json"), "{}");

        Assert.Empty(_shop.Check());
    }

    [Fact]
    public void A_change_that_is_taken_back_leaves_no_file()
    {
        _shop.Release().Produces(WithVoucher).Add();
        Assert.Equal([true, false], _shop.Folder.Versions.Select(version => version.IsShipped));

        _shop.Produces(Released).Add();

        Assert.True(Assert.Single(_shop.Folder.Versions).IsShipped);
    }

    private static string Readers(string service) => service == "nobody" ? "Nobody in this solution" : $"Read by {service}";

    private static string Changed(string old, string updated) => Released.Replace(old, updated, StringComparison.Ordinal);

    private void AssertSaid(params string[] words) => Assert.Contains(
        _shop.Check(), finding => words.All(word => finding.Contains(word, StringComparison.Ordinal)));

    [Theory]
    [InlineData("shop.orders.order-placed.v1.json", "shop.orders.order-placed.v1", 0)]
    [InlineData("shop.orders.order-placed.v12.3.json", "shop.orders.order-placed.v12", 3)]
    [InlineData("shop.orders.order-placed.v1.unshipped.json", "shop.orders.order-placed.v1", null)]
    public void Names_of_files_say_type_and_version(string name, string type, int? minor) =>
        Assert.Equal((type, minor), EventDriven.Messaging.Contracts.ContractFileName.Parse(name));

    [Fact]
    public void A_file_of_another_name_is_refused_with_what_a_name_is()
    {
        var topic = Directory.CreateDirectory(Path.Combine(_shop.Root, "contracts", "orders.v1"));
        File.WriteAllText(Path.Combine(topic.FullName, "OrderPlaced.json"), "{}");

        Assert.Contains("a file is named <event type>.json", Assert.Throws<EventDriven.Messaging.Contracts.ContractException>(() =>
            ContractFolder.Open(Path.Combine(_shop.Root, "contracts"))).Message, StringComparison.Ordinal);
    }
}
