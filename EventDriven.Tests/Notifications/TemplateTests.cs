using Notifications.Worker.Messages;

namespace EventDriven.Tests.Notifications;

[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class TemplateTests
{
    [Fact]
    public void A_value_starts_no_header_and_is_not_read_as_a_placeholder()
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal) { ["name"] = "Eve\r\nBcc: all@customers.example {orderId}" };

        var (subject, body) = Template.Of(MessageKind.Welcome).Render(values);

        Assert.Equal("Welcome, Eve  Bcc: all@customers.example {orderId}", subject);
        Assert.StartsWith("Hello Eve\r\nBcc: all@customers.example {orderId},", body, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_that_is_missing_is_an_error_and_not_a_hole_in_the_text() =>
        Assert.Throws<KeyNotFoundException>(
            () => Template.Of(MessageKind.Welcome).Render(new Dictionary<string, string>(StringComparer.Ordinal)));
}
