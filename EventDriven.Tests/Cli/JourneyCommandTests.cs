using System.CommandLine;
using System.Text.Json;
using EventDriven.Cli;
using EventDriven.Cli.Journeys;
using EventDriven.Messaging.Operations.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EventDriven.Tests.Cli;

/// <summary>What the command does with each answer; with the real Analytics, see <see cref="Application.JourneyTests"/>.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class JourneyCommandTests : IDisposable
{
    private const string Order = "0199aa3c-5d0e-7a43-9c3c-2f1d6a7b8c9d";

    private readonly string _state = Path.GetTempFileName();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(200, """{"orderId":"0199aa3c-5d0e-7a43-9c3c-2f1d6a7b8c9d","facts":[]}""", ExitCode.Done)]
    [InlineData(404, "{}", ExitCode.Refused)]
    [InlineData(401, "{}", ExitCode.Refused)]
    [InlineData(403, "{}", ExitCode.Refused)]
    [InlineData(500, "{}", ExitCode.Unreachable)]
    [InlineData(200, "not json", ExitCode.Unreachable)]
    public async Task Each_answer_has_its_exit_code(int status, string body, int exitCode)
    {
        var asked = "";
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var analytics = builder.Build();
        analytics.MapFallback(request =>
        {
            asked = request.Request.Path;
            return Results.Content(body, "application/json", statusCode: status).ExecuteAsync(request);
        });
        await analytics.StartAsync(Token);

        Assert.Equal(exitCode, await RunAsync(analytics.Urls.Single(), Order));
        Assert.Equal($"/analytics/orders/{Order}/journey", asked);
    }

    [Fact]
    public async Task Analytics_that_does_not_answer_is_exit_code_3() =>
        Assert.Equal(ExitCode.Unreachable, await RunAsync("http://127.0.0.1:1", Order));

    [Theory]
    [InlineData("127.0.0.1:1", Order)]
    [InlineData("http://127.0.0.1:1", "not-an-id")]
    [InlineData("http://127.0.0.1:1")]
    public async Task What_is_not_said_clearly_is_exit_code_2(string address, params string[] args) =>
        Assert.Equal(ExitCode.Usage, await RunAsync(address, args));

    [Fact]
    public async Task Without_a_running_system_it_is_exit_code_2() =>
        Assert.Equal(
            ExitCode.Usage, await CommandLine.RunAsync(
                new RootCommand { JourneyCommand.Create() }, ["journey", Order, "--state", "/nowhere/state.json"], Token));

    public void Dispose() => File.Delete(_state);

    private async Task<int> RunAsync(string address, params string[] args)
    {
        await File.WriteAllTextAsync(
            _state, JsonSerializer.Serialize(
                new Dictionary<string, string>(StringComparer.Ordinal) { ["services__analytics__http__0"] = address }), Token);
        return await CommandLine.RunAsync(new RootCommand { JourneyCommand.Create() }, ["journey", .. args, "--state", _state], Token);
    }
}
