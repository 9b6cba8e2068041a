using EventDriven.Identity;
using EventDriven.ServiceDefaults.Authorization;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EventDriven.Tests.Authorization;

/// <summary>A service whose settings would let in anybody, or nobody, does not start and says what to set.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class BearerOptionsTests
{
    private const string Bearer = "Authentication:Schemes:Bearer";
    private const string Authority = $"{Bearer}:Authority=https://id.example";
    private const string Audience = $"{Bearer}:ValidAudiences:0=eventdriven";

    [Theory]
    [InlineData("Production", Authority, Audience)]
    [InlineData("Development", Authority, Audience)]
    [InlineData("Production", Authority, Audience, $"{Bearer}:ValidAudiences:1=inventory", "Authentication:ServiceAudience=inventory")]
    public void What_is_complete_is_good(string environment, params string[] settings) => Assert.Empty(Failures(environment, settings));

    [Theory]
    [InlineData("Development", "Nobody issues tokens: set Authentication:Schemes:Bearer:Authority", Audience)]
    [InlineData("Production", "Nobody issues tokens: set Authentication:Schemes:Bearer:Authority", Audience)]
    [InlineData("Production", "Tokens for anybody would be accepted: set Authentication:Schemes:Bearer:ValidAudiences", Authority)]
    [InlineData("Production", "must not be false", Authority, Audience, $"{Bearer}:ValidateAudience=false")]
    [InlineData("Production", "must not be false", Authority, Audience, $"{Bearer}:ValidateIssuer=false")]
    [InlineData(
        "Production", "ServiceAudience is 'inventory', which is none of", Authority, Audience, "Authentication:ServiceAudience=inventory")]
    public void What_is_missing_is_named(string environment, string message, params string[] settings) =>
        Assert.Contains(Failures(environment, settings), failure => failure.Contains(message, StringComparison.Ordinal));

    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    public void The_development_issuer_is_refused_outside_of_development_and_its_key_is_not_told(string environment)
    {
        var key = DevelopmentIssuer.NewKey();
        string[] settings = [.. DevelopmentIssuer.Variables(key, Audiences.System).Select(
            entry => $"{entry.Key.Replace("__", ":", StringComparison.Ordinal)}={entry.Value}")];

        Assert.Empty(Failures("Development", settings));
        var failure = Assert.Single(Failures(environment, settings));
        Assert.StartsWith($"{Bearer}:SigningKeys are for development", failure, StringComparison.Ordinal);
        Assert.Contains($"The environment is {environment}.", failure, StringComparison.Ordinal);
        Assert.DoesNotContain(key, failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Both_the_development_issuer_and_dotnet_user_jwts_are_believed_at_the_same_time()
    {
        var options = Options(
            "Development",
            [
                .. DevelopmentIssuer.Variables(DevelopmentIssuer.NewKey(), Audiences.System).Select(
                    entry => $"{entry.Key.Replace("__", ":", StringComparison.Ordinal)}={entry.Value}"),

                // As the tool writes it, to appsettings.Development.json and to the user's secrets.
                $"{Bearer}:ValidAudiences:0=http://localhost:5101", $"{Bearer}:ValidIssuer=dotnet-user-jwts",
                $"{Bearer}:SigningKeys:0:Id=1", $"{Bearer}:SigningKeys:0:Issuer=dotnet-user-jwts",
                $"{Bearer}:SigningKeys:0:Value={DevelopmentIssuer.NewKey()}", $"{Bearer}:SigningKeys:0:Length=32",
            ]);

        Assert.Equal(2, options.TokenValidationParameters.IssuerSigningKeys.Count());
        Assert.Equal([DevelopmentIssuer.Name], options.TokenValidationParameters.ValidIssuers);
        Assert.Equal("dotnet-user-jwts", options.TokenValidationParameters.ValidIssuer);
        Assert.Equal(2, options.TokenValidationParameters.ValidAudiences.Count());
    }

    private static IReadOnlyList<string> Failures(string environment, string[] settings)
    {
        try
        {
            Options(environment, settings);
            return [];
        }
        catch (OptionsValidationException exception)
        {
            return [.. exception.Failures];
        }
    }

    private static JwtBearerOptions Options(string environment, string[] settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection(
            settings.Select(setting => setting.Split('=', 2)).Select(parts => KeyValuePair.Create(parts[0], (string?)parts[1])));
        builder.AddIdentities();
        using var services = builder.Services.BuildServiceProvider();
        return services.GetRequiredService<IOptionsMonitor<JwtBearerOptions>>().Get(JwtBearerDefaults.AuthenticationScheme);
    }
}
