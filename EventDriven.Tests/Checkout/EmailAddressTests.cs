using Checkout.Api.Customers;

namespace EventDriven.Tests.Checkout;

[Trait(UnitTest.Trait, UnitTest.Value)]
public class EmailAddressTests
{
    [Theory]
    [InlineData("ada@example.org")]
    [InlineData("ada.lovelace+tea@mail.example.org")]
    [InlineData("root@localhost")]
    public void Accepts_addresses(string email) => Assert.True(EmailAddress.IsValid(email));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ada")]
    [InlineData("@example.org")]
    [InlineData("ada@")]
    [InlineData("ada@exa mple.org")]
    [InlineData("ada@example..org")]
    [InlineData("ada@-example.org")]
    [InlineData("ada@example.org\n")]
    [InlineData("ada@example.org\r\nBcc: eve@example.org")]
    [InlineData("Ada <ada@example.org>")]
    [InlineData("ada@example.org,eve@example.org")]
    public void Refuses_everything_else(string? email) => Assert.False(EmailAddress.IsValid(email));

    [Fact]
    public void Refuses_what_SMTP_could_not_carry() =>
        Assert.All([$"{new string('a', 65)}@example.org", $"a@{string.Join('.', Enumerable.Repeat("abcdefghi", 26))}"],
            email => Assert.False(EmailAddress.IsValid(email)));
}
