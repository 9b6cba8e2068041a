using EventDriven.ControlRoom.Events;

namespace EventDriven.Tests.ControlRoom.Events;

/// <summary>What is shown of an event's data.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class EventTextTests
{
    private const string Cipher = "pd1.0199aa3c5d0e7a439c3c2f1d6a7b8c9d.AbC-_123";

    [Fact]
    public void Personal_data_is_named_and_its_cipher_is_not_shown_however_deep_it_is()
    {
        var shown = EventText.Indent($$"""{"email":"{{Cipher}}","lines":[{"sku":"mug"},{"name":"{{Cipher}}"}],"total":12.50}""");

        Assert.DoesNotContain("pd1.", shown, StringComparison.Ordinal);
        Assert.Equal(2, shown.Split(EventText.Sealed).Length - 1);
        Assert.Contains("\"total\": 12.50", shown, StringComparison.Ordinal);
        Assert.Contains("\"sku\": \"mug\"", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void One_line_is_cut_and_masks_too()
    {
        Assert.Equal($$"""{"email":"{{EventText.Sealed}}"}""", EventText.Short($$"""{"email":"{{Cipher}}"}""", 100));
        Assert.Equal("a b…", EventText.Short("a\n  bcd", 3));
        Assert.Equal("", EventText.Short(null, 3));
    }

    [Theory]
    [InlineData("not json", "not json")]
    [InlineData("null", "null")]
    [InlineData("[1]", "[\n  1\n]")]
    public void What_is_no_object_is_shown_as_it_is(string data, string shown) =>
        Assert.Equal(shown, EventText.Indent(data).ReplaceLineEndings("\n"));

    [Theory]
    [InlineData("eventdriven.orders.order-placed.v1", "order-placed")]
    [InlineData("odd", "odd")]
    [InlineData(null, "unreadable")]
    public void A_type_is_called_by_its_fact(string? type, string fact) => Assert.Equal(fact, EventText.FactOf(type));

    [Fact]
    public void What_is_no_text_is_shown_in_base64()
    {
        Assert.Equal("poison", EventText.Of("poison"u8.ToArray()));
        Assert.Equal("base64: /w==", EventText.Of([0xff]));
        Assert.Equal("(no data)", EventText.Of(null));
    }

    [Fact]
    public void Headers_are_read_from_their_stored_form() => Assert.Equal(
        [("ce_id", "abc"), ("empty", "")],
        EventText.Headers("""[{"name":"ce_id","value":"YWJj"},{"name":"empty","value":null}]"""));
}
