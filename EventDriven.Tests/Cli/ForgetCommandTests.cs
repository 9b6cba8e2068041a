using System.CommandLine;
using System.Text.Json;
using EventDriven.Cli;
using EventDriven.Cli.Audit;
using EventDriven.Cli.Customers;
using EventDriven.Messaging.Operations.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EventDriven.Tests.Cli;

/// <summary>
/// What the command does with each answer; with the real Checkout, see <see cref="Application.ForgottenCustomerTests"/>.
/// </summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class ForgetCommandTests : IAsyncLifetime
{
    private const string Customer = "0199aa3c-5d0e-7a43-9c3c-2f1d6a7b8c9d";

    private readonly string _state = Path.GetTempFileName();
    private readonly List<string> _asked = [];
    private WebApplication? _checkout;
    private int _status = 204;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _checkout = builder.Build();
        _checkout.MapFallback(request =>
        {
            _asked.Add($"{request.Request.Method} {request.Request.Path}");
            return Results.StatusCode(_status).ExecuteAsync(request);
        });
        await _checkout.StartAsync(Token);
    }

    [Theory]
    [InlineData(204, ExitCode.Done)]
    [InlineData(404, ExitCode.Refused)]
    [InlineData(401, ExitCode.Refused)]
    [InlineData(403, ExitCode.Refused)]
    [InlineData(503, ExitCode.Unreachable)]
    public async Task Each_answer_has_its_exit_code(int status, int exitCode)
    {
        _status = status;

        Assert.Equal(exitCode, await RunAsync(Asked.Nobody, Customer, "--yes", "--because", "a test"));
        Assert.Equal([$"DELETE /customers/{Customer}"], _asked);
    }

    [Fact]
    public async Task It_asks_first_and_a_no_changes_nothing()
    {
        var no = new Asked(answer: false);

        Assert.Equal(ExitCode.Refused, await RunAsync(no.Somebody, Customer));
        Assert.Contains(Customer, Assert.Single(no.Questions), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, await RunAsync(Asked.Nobody, Customer));
        Assert.Empty(_asked);
    }

    [Fact]
    public async Task For_programs_it_says_json()
    {
        var (exitCode, said) = await Output.OfAsync(() => RunAsync(Asked.Nobody, Customer, "--yes", "--because", "a test", "--json"));

        Assert.Equal(ExitCode.Done, exitCode);
        using var json = JsonDocument.Parse(said);
        Assert.Equal(Customer, json.RootElement.GetProperty("customerId").GetString());
        Assert.True(json.RootElement.GetProperty("forgotten").GetBoolean());
    }

    [Fact]
    public async Task What_is_no_customer_id_is_exit_code_2() =>
        Assert.Equal(ExitCode.Usage, await RunAsync(Asked.Nobody, "ada", "--yes", "--because", "a test"));

    public async ValueTask DisposeAsync()
    {
        await _checkout!.DisposeAsync();
        File.Delete(_state);
    }

    private async Task<int> RunAsync(OperatorChanges changes, params string[] args)
    {
        await File.WriteAllTextAsync(
            _state,
            JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["services__checkout__http__0"] = _checkout!.Urls.Single(),
            }),
            Token);
        return await CommandLine.RunAsync(
            new RootCommand { ForgetCommand.Create(changes) }, ["forget", .. args, "--state", _state], Token);
    }
}
