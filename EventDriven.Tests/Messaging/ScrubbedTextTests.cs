using System.Text;
using EventDriven.Messaging.Storage.DeadLetters;

namespace EventDriven.Tests.Messaging;

/// <summary>What is kept and logged of an exception's text.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class ScrubbedTextTests
{
    private const string Emoji = "\U0001F980";

    [Theory]
    [InlineData("Can't write to jo@example.com.", "Can't write to <address>")]
    [InlineData("Call +49 30 1234567, now.", "Call <number>, now.")]
    [InlineData("555-123-4567", "<number>")]
    [InlineData("+1 (555) 123-4567", "<number>")]
    [InlineData("card 4111-1111-1111-1111 refused", "card <number> refused")]
    [InlineData("order 0199f000-0000-7000-8000-000000000001 at 2026-11-23T12:00:00.1234567Z", "order 0199f000-0000-7000-8000-000000000001 "
        + "at 2026-11-23T12:00:00.1234567Z")]
    [InlineData("from 2026-11-23 to 2026-12-01, 5 of 120000", "from 2026-11-23 to 2026-12-01, 5 of 120000")]
    [InlineData("a\0b", "a\\0b")]
    public void What_may_name_a_person_goes_and_what_names_an_event_stays(string text, string scrubbed) =>
        Assert.Equal(scrubbed, ScrubbedText.Of(text));

    /// <summary>PostgreSQL's client refuses half of a surrogate pair: a dead letter with one could never be stored.</summary>
    [Theory]
    [InlineData(19_999)]
    [InlineData(20_000)]
    public void A_text_is_well_formed_wherever_it_was_cut(int before)
    {
        var scrubbed = ScrubbedText.Of(Emoji[..1] + new string('x', before - 1) + Emoji + Emoji[1..]);

        Assert.StartsWith("\uFFFDx", scrubbed, StringComparison.Ordinal);
        Assert.Equal(
            scrubbed, new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(new UTF8Encoding(false, true).GetBytes(scrubbed)));
    }
}
