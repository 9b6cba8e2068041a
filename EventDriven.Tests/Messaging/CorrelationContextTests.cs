using EventDriven.Messaging;

namespace EventDriven.Tests.Messaging;

[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class CorrelationContextTests
{
    [Theory]
    [InlineData("a", true)]
    [InlineData("order-7/retry:2", true)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("with space", false)]
    [InlineData("line\nbreak", false)]
    [InlineData("ümlaut", false)]
    public void Only_visible_ASCII_is_taken_from_outside(string? id, bool sane) => Assert.Equal(sane, CorrelationContext.IsSane(id));

    [Fact]
    public void At_most_128_characters_are_taken_from_outside()
    {
        Assert.True(CorrelationContext.IsSane(new string('a', 128)));
        Assert.False(CorrelationContext.IsSane(new string('a', 129)));
    }
}
