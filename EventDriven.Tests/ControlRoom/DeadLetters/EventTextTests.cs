using EventDriven.ControlRoom.DeadLetters;

namespace EventDriven.Tests.ControlRoom.DeadLetters;

/// <summary>An event as a page shows it.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class EventTextTests
{
    [Fact]
    public void Personal_data_is_masked_wherever_it_stands()
    {
        var text = EventText.Of("""{"email":"pd1.key.sealed","lines":[{"name":"pd1.key.other"}],"total":3.50}"""u8.ToArray());

        Assert.DoesNotContain("pd1.", text, StringComparison.Ordinal);
        Assert.Equal(2, text.Split("(personal data, sealed)").Length - 1);
        Assert.Contains("3.50", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_json_is_shown_as_text_and_what_is_no_text_in_base64()
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
