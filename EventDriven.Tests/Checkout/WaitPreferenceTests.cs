using Checkout.Api.Orders.Placing;

namespace EventDriven.Tests.Checkout;

[Trait(UnitTest.Trait, UnitTest.Value)]
public class WaitPreferenceTests
{
    [Theory]
    [InlineData("wait=10", 10)]
    [InlineData("respond-async, WAIT = 5; ignored=1", 5)]
    [InlineData("wait=\"7\"", 7)]
    [InlineData("wait=31", 30)]
    [InlineData("wait=99999999999999999999", 30)]
    [InlineData("wait=3, wait=9", 3)]
    [InlineData("wait=soon", null)]
    [InlineData("wait=1.5", null)]
    [InlineData("wait=-1", null)]
    [InlineData("wait=0", null)]
    [InlineData("wait=", null)]
    [InlineData("wait", null)]
    [InlineData("waiting=4", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Only_a_whole_number_of_seconds_is_understood(string? prefer, int? seconds) =>
        Assert.Equal(seconds, WaitPreference.Parse(prefer));
}
