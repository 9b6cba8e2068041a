using EventDriven.ControlRoom.Replay;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Tests.ControlRoom.Replay;

/// <summary>What is filled in becomes a range, or a message that says what to write.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class ReplayInputTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_empty_form_asks_for_nothing() => Assert.Null(new ReplayInput("inventory") { From = " " }.Range(Now));

    [Fact]
    public void A_time_ago_is_a_time_from_then_on()
    {
        var input = new ReplayInput("inventory") { From = " 2h ", Until = "offset:7", Topic = "orders.v1", AllowEffects = true };

        var range = input.Range(Now)!;

        Assert.Equal("2026-11-30T10:00:00.0000000+00:00", $"{range.From}");
        Assert.Equal(("offset:7", "orders.v1", true), ($"{range.Until}", range.Topic, range.AllowEffects));
    }

    [Theory]
    [InlineData("yesterday", null, "From takes beginning")]
    [InlineData("beginning", "later", "Until takes beginning")]
    public void What_can_not_be_read_is_told_with_the_forms(string from, string? until, string says) => Assert.StartsWith(
        says,
        Assert.Throws<OperationFailedException>(() => new ReplayInput("inventory") { From = from, Until = until }.Range(Now)).Message,
        StringComparison.Ordinal);
}
