using System.Text.Json;
using EventDriven.Cli;
using EventDriven.Identity;
using EventDriven.Messaging.Operations.Tasks;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace EventDriven.Tests.Cli;

/// <summary><c>./eventdriven token</c> prints what the services of the local application accept.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class TokenCommandTests : IDisposable
{
    private const string Customer = "0199aa3c-5d0e-7a43-9c3c-2f1d6a7b8c9d";

    private readonly string _key = DevelopmentIssuer.NewKey();
    private readonly string _state = Path.GetTempFileName();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_customers_token_is_for_its_own_orders()
    {
        var token = await IssueAsync("--customer", Customer, "--email", "ada@example.org");

        Assert.Equal((Customer, "orders", "ada@example.org"), (token.Subject, Scope(token), token.GetClaim("email").Value));
        Assert.Equal(Audiences.System, Assert.Single(token.Audiences));
        Assert.Equal(TimeSpan.FromHours(1), token.ValidTo - token.ValidFrom);
    }

    [Fact]
    public async Task Scopes_and_lifetime_are_as_they_are_told()
    {
        var token = await IssueAsync("--scope", "ops:read", "stock:write", "--minutes", "5");

        Assert.Equal("ops:read stock:write", Scope(token));
        Assert.Equal(TimeSpan.FromMinutes(5), token.ValidTo - token.ValidFrom);
        Assert.Equal(Environment.UserName, token.Subject);
    }

    [Fact]
    public async Task A_services_token_is_for_the_service_it_calls_and_allows_nothing_else()
    {
        var token = await IssueAsync("--audience", Audiences.Inventory);

        Assert.Equal(Audiences.Inventory, Assert.Single(token.Audiences));
        Assert.Empty(Scope(token));
    }

    [Theory]
    [InlineData("Say what the token allows: --scope ops:read, or --customer ID for one of a customer.")]
    [InlineData("Argument 'everything' not recognized", "--scope", "everything")]
    [InlineData("--minutes is a number from 1 to 1440.", "--scope", "ops:read", "--minutes", "1441")]
    [InlineData("--minutes is a number from 1 to 1440.", "--scope", "ops:read", "--minutes", "0")]
    [InlineData("--customer takes an id, such as", "--customer", "ada")]
    public async Task What_is_not_said_clearly_is_exit_code_2(string error, params string[] args)
    {
        await WriteAsync(_key);

        var (exitCode, _, errors) = await RunAsync(args);

        Assert.Equal(ExitCode.Usage, exitCode);
        Assert.Contains(error, errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "No application runs here that issues tokens. ./run.sh starts it.")]
    [InlineData("c2hvcnQ=", "is not the base64 of a key of 32 bytes or more.")]
    [InlineData("not base64", "is not the base64 of a key of 32 bytes or more.")]
    public async Task Without_a_running_application_it_says_so(string? key, string error)
    {
        await WriteAsync(key);

        var (exitCode, _, errors) = await RunAsync("--scope", "ops:read");

        Assert.Equal(ExitCode.Usage, exitCode);
        Assert.Contains(error, errors, StringComparison.Ordinal);
    }

    public void Dispose() => File.Delete(_state);

    private static string Scope(JsonWebToken token) => token.GetClaim("scope").Value;

    private async Task<JsonWebToken> IssueAsync(params string[] args)
    {
        await WriteAsync(_key);
        var (exitCode, output, errors) = await RunAsync(args);
        Assert.True(exitCode == ExitCode.Done, errors);
        var text = output.Trim();
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(text, new TokenValidationParameters
        {
            ValidIssuer = DevelopmentIssuer.Name,
            ValidAudiences = [Audiences.System, Audiences.Inventory],
            IssuerSigningKey = new SymmetricSecurityKey(Convert.FromBase64String(_key)),
        });
        Assert.True(result.IsValid, result.Exception?.Message);
        return new JsonWebToken(text);
    }

    private Task WriteAsync(string? key) => File.WriteAllTextAsync(
        _state,
        JsonSerializer.Serialize(key is null
            ? new Dictionary<string, string>(StringComparer.Ordinal)
            : new Dictionary<string, string>(StringComparer.Ordinal) { [DevelopmentIssuer.KeyVariable] = key }),
        Token);

    private async Task<(int ExitCode, string Said, string Errors)> RunAsync(params string[] args)
    {
        var said = "";
        var (exitCode, errors) = await Output.OfErrorsAsync(async () =>
        {
            (var ended, said) = await Output.OfAsync(
                () => CommandLine.RunAsync(OperatorCommands.Create(Asked.Nobody), ["token", .. args, "--state", _state], Token));
            return ended;
        });
        return (exitCode, said, errors);
    }
}
