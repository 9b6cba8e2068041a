using EventDriven.Messaging.Events;

namespace EventDriven.Tests.Messaging;

/// <summary>RFC 3339, section 5.6.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class EventTimeTests
{
    [Theory]
    [InlineData("2026-11-23T12:00:00Z", "2026-11-23T12:00:00.0000000")]
    [InlineData("2026-11-23t12:00:00z", "2026-11-23T12:00:00.0000000")]
    [InlineData("2026-11-23T12:00:00.1Z", "2026-11-23T12:00:00.1000000")]
    [InlineData("2026-11-23T12:00:00.123456789012Z", "2026-11-23T12:00:00.1234567")]
    [InlineData("2026-11-23T12:00:00+05:30", "2026-11-23T06:30:00.0000000")]
    [InlineData("2026-11-23T12:00:00-23:59", "2026-11-24T11:59:00.0000000")]
    [InlineData("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.0000000")]
    public void A_time_is_read_as_UTC(string text, string utc) =>
        Assert.Equal(utc, EventTime.Parse(text)?.UtcDateTime.ToString(
            "yyyy-MM-dd'T'HH:mm:ss.fffffff", System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("yesterday")]
    [InlineData("2026-11-23")]
    [InlineData("12:00:00Z")]
    [InlineData("2026-11-23 12:00:00Z")]
    [InlineData("2026-11-23T12:00:00")]
    [InlineData("2026-11-23T12:00Z")]
    [InlineData("2026-11-23T12:00:00+0100")]
    [InlineData("2026-02-30T12:00:00Z")]
    [InlineData("2026-11-23T24:00:00Z")]
    [InlineData("2026-11-23T12:00:00Z\n")]
    [InlineData("11/23/2026 12:00:00")]
    [InlineData("Mon, 23 Nov 2026 12:00:00 GMT")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    public void Anything_else_is_no_time(string text) => Assert.Null(EventTime.Parse(text));
}
