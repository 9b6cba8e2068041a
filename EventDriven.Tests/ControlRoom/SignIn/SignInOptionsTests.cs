using EventDriven.ControlRoom.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Hosting.Internal;

namespace EventDriven.Tests.ControlRoom.SignIn;

/// <summary>What is for development stays there, and a session ends with its token.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class SignInOptionsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_key_outside_of_development_is_refused_at_start()
    {
        var result = Validate("Production", ControlRoomApp.LinkKey);

        Assert.True(result.Failed);
        Assert.Contains("Production", result.FailureMessage, StringComparison.Ordinal);
        Assert.Contains("Remove the setting", result.FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_can_be_guessed_is_refused() => Assert.True(Validate("Development", "short").Failed);

    [Theory]
    [InlineData("Development", ControlRoomApp.LinkKey)]
    [InlineData("Production", null)]
    [InlineData("Production", "")]
    public void Else_there_is_nothing_to_refuse(string environment, string? key) => Assert.True(Validate(environment, key).Succeeded);

    [Fact]
    public void A_session_ends_with_its_token()
    {
        var properties = Session.Properties(Now);

        Assert.False(Session.HasEnded(properties, Now.AddSeconds(-1)));
        Assert.True(Session.HasEnded(properties, Now));
        Assert.True(Session.HasEnded(new AuthenticationProperties(), Now));
    }

    private static Microsoft.Extensions.Options.ValidateOptionsResult Validate(string environment, string? key) =>
        new SignInOptionsValidation(new HostingEnvironment { EnvironmentName = environment })
            .Validate(null, new SignInOptions { DevelopmentKey = key });
}
