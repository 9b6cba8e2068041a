using Microsoft.Extensions.Options;

namespace EventDriven.ControlRoom.SignIn;

/// <summary>Checks at start that nobody can sign in by a key outside of development.</summary>
internal sealed class SignInOptionsValidation(IHostEnvironment environment) : IValidateOptions<SignInOptions>
{
    private const int ShortestKey = 32;

    public ValidateOptionsResult Validate(string? name, SignInOptions options) => options.DevelopmentKey switch
    {
        null or "" => ValidateOptionsResult.Success,
        _ when !environment.IsDevelopment() => ValidateOptionsResult.Fail(
            $"{SignInOptions.Section}:{nameof(SignInOptions.DevelopmentKey)} is for development: whoever knows it is an operator. The "
            + $"environment is {environment.EnvironmentName}. Remove the setting, and let operators sign in with their tokens or at your "
            + $"identity provider ({OpenIdConnectSettings.Section}:Authority; docs/control-room.md)."),
        { Length: < ShortestKey } => ValidateOptionsResult.Fail(
            $"{SignInOptions.Section}:{nameof(SignInOptions.DevelopmentKey)} must have {ShortestKey} characters or more, at random."),
        _ => ValidateOptionsResult.Success,
    };
}
