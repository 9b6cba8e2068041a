using Notifications.Worker.Sending.Smtp;

namespace EventDriven.Tests.Notifications.Mail;

[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class SmtpServerTests
{
    [Fact]
    public void The_connection_string_names_server_and_login()
    {
        Assert.Equal(new SmtpServer("mail.example", 2525, false, null, null), SmtpServer.Parse("smtp://mail.example:2525"));
        Assert.Equal(
            new SmtpServer("mail.example", 465, true, "shop@mail.example", "a:b"),
            SmtpServer.Parse("smtps://shop%40mail.example:a%3Ab@mail.example"));
        Assert.Equal(25, SmtpServer.Parse("smtp://mail.example").Port);
    }

    [Theory]
    [InlineData("mail.example:2525")]
    [InlineData("http://mail.example")]
    [InlineData("smtp://")]
    public void Anything_else_is_refused_at_start(string connectionString) =>
        Assert.Throws<InvalidOperationException>(() => SmtpServer.Parse(connectionString));
}
