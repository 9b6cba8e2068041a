using System.Net;
using EventDriven.ServiceDefaults.Http.Overload;

namespace EventDriven.Tests.Http.Overload;

[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class ClientAddressTests
{
    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    public void An_IPv4_address_is_one_client_and_so_is_an_IPv6_network_of_64_bits(string one, string other, bool areSame) =>
        Assert.Equal(areSame, Of(one) == Of(other));

    [Fact]
    public void Endpoints_with_places_of_their_own_are_counted_apart() => Assert.NotEqual(
        Of("192.0.2.1"), ClientAddress.Of(IPAddress.Parse("192.0.2.1"), isReserved: true));

    private static ClientAddress Of(string address) => ClientAddress.Of(IPAddress.Parse(address), isReserved: false);
}
