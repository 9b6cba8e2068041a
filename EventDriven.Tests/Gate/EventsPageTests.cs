using EventDriven.Messaging.Contracts.Pages;

namespace EventDriven.Tests.Gate;

/// <summary>The page says of every event what it means, who reads which field, and what each version has changed.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class EventsPageTests : IDisposable
{
    private const string Contracts =
        """
        /// <summary>A customer placed an order.</summary>
        /// <param name="OrderId">The order.</param>
        /// <param name="Email">Where the customer is reached.</param>
        /// <param name="Lines">What was ordered.</param>
        [Event("shop.orders.order-placed.v1")]
        public sealed record OrderPlaced(
            Guid OrderId,
            [PersonalData] string Email,
            [Length(1, 9)] IReadOnlyList<Line> Lines,
            string? Note = null);

        public sealed record Line([PlainText(64)] string Sku, [Range(1, 20)] int Quantity);
        """;

    private const string Picking =
        """
        [Event("shop.orders.order-placed.v1")]
        internal sealed record OrderPlaced(IReadOnlyList<PickedLine> Lines);

        internal sealed record PickedLine(string Sku);
        """;

    private readonly Shop _shop = new Shop().Produces(Contracts).Consumes("Picking.Worker", Picking);

    public void Dispose() => _shop.Dispose();

    [Fact]
    public void A_field_is_listed_with_its_limits_meaning_and_readers()
    {
        var page = Page();

        AssertRow(page, "orderId", "UUID", "required", "The order.", "<i>nobody here</i>");
        AssertRow(page, "email", "text", "required", "Where the customer is reached.", "<i>nobody here</i>", " <mark>personal data</mark>");
        AssertRow(page, "lines", "list of 1 to 9 objects", "required", "What was ordered.", Reader("OrderPlaced.Lines"));
        AssertRow(page, "lines[].sku", "text of 1 to 64 characters", "required", "", Reader("PickedLine.Sku"));
        AssertRow(page, "lines[].quantity", "integer, at least 1, at most 20", "required", "", "<i>nobody here</i>");
        AssertRow(page, "note", "text, or null", "optional", "", "<i>nobody here</i>");
    }

    [Fact]
    public void What_is_written_in_code_never_becomes_markup()
    {
        _shop.Produces(Contracts.Replace(
            "A customer placed an order.", "Markup: &lt;script&gt;alert('x')&lt;/script&gt; {0} &amp;amp;", StringComparison.Ordinal));

        var page = Page("<b>Shop</b>");

        Assert.Contains(
            "<p>Markup: &lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; {0} &amp;amp;</p>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.Contains("<h1>&lt;b&gt;Shop&lt;/b&gt;: events</h1>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_is_told_with_what_it_has_changed()
    {
        _shop.Release()
            .Produces(Contracts.Replace("string? Note", "string? Voucher", StringComparison.Ordinal)
                .Replace("[Range(1, 20)]", "[Range(1, 30)]", StringComparison.Ordinal));

        var page = Page();

        Assert.Contains(
            "<a href=\"../contracts/orders.v1/shop.orders.order-placed.v1.1.json\">v1.1</a>: <ul><li>added <code>voucher</code></li>"
            + "<li>removed <code>note</code></li>", page, StringComparison.Ordinal);
        Assert.Contains("<small>MAXIMUM_INCREASED, breaks consumers of the older version</small>", page, StringComparison.Ordinal);
        Assert.Contains(
            "<a href=\"../contracts/orders.v1/shop.orders.order-placed.v1.json\">v1.0</a>: the first version",
            page,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_picture_has_a_line_between_a_topic_and_who_reads_its_events() =>
        Assert.Contains("<title>orders.v1 → Picking.Worker: OrderPlaced</title>", Page(), StringComparison.Ordinal);

    /// <summary>It is opened from a folder, too, and asks no server for anything.</summary>
    [Fact]
    public void The_page_loads_nothing()
    {
        var page = Page();

        Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<link", page, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", page, StringComparison.Ordinal);
        Assert.DoesNotContain("url(", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_contracts_give_the_same_page()
    {
        var page = Page();

        Assert.Equal(page, Page());
        Assert.DoesNotContain(_shop.Root, page, StringComparison.Ordinal);
    }

    /// <summary>The page in the repository is the one of the compiled services.</summary>
    [Fact]
    public void The_page_of_this_system_is_up_to_date()
    {
        var docs = Path.Combine(Repository.Root, "docs");
        var written = File.ReadAllText(Path.Combine(docs, "events.html")).ReplaceLineEndings("\n");
        var page = EventsPage.Write(ThisSystem.Landscape, ThisSystem.Contracts, docs, EventsPage.Title);

        Assert.True(written == page, "Run ./eventdriven contracts page.");
    }

    private static string Reader(string member) => $"<div><b>Picking.Worker</b> <code>{member}</code></div>";

    private static void AssertRow(
        string page, string path, string value, string presence, string meaning, string readers, string marks = "") => Assert.Contains(
        $"<tr><td><code>{path}</code>{marks}</td>\n<td>{value}<br><small>{presence}</small></td>\n"
        + $"<td>{System.Net.WebUtility.HtmlEncode(meaning)}</td><td>{readers}</td></tr>\n",
        page,
        StringComparison.Ordinal);

    private string Page(string title = "Shop")
    {
        _shop.Release();
        return EventsPage.Write(_shop.Build(), _shop.Folder, Path.Combine(_shop.Root, "docs"), title);
    }
}
