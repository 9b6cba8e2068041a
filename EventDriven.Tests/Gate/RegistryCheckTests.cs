using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using EventDriven.Messaging.Contracts;
using EventDriven.Messaging.Contracts.Gate;
using EventDriven.Schemas;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EventDriven.Tests.Gate;

/// <summary><c>contracts check --registry</c>, against a stand-in of a schema registry's REST API.</summary>
public sealed class RegistryCheckTests : IAsyncLifetime
{
    private const string Subject = "orders.v1-shop.orders.order-placed.v1";
    private readonly Shop _shop = new Shop().Produces(
        "[Event(\"shop.orders.order-placed.v1\")] public sealed record OrderPlaced(string OrderId, decimal Total);");

    private readonly ConcurrentDictionary<string, string> _registered = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<string?> _users = [];
    private readonly WebApplication _registry = Create();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _registry.MapPost("/compatibility/subjects/{subject}/versions/{version}", AnswerAsync);
        _registry.MapPost(
            "/closed/{**path}", () => Results.Content("<html>", "text/html", statusCode: StatusCodes.Status401Unauthorized));
        await _registry.StartAsync(Token);
    }

    [Fact]
    public async Task A_page_of_a_proxy_is_told_by_its_status()
    {
        var refused = await Assert.ThrowsAsync<ContractException>(() => CheckAsync(new Uri(Url(), "closed/")));

        Assert.Contains("401 (Unauthorized)", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_subject_that_is_not_there_takes_anything() => Assert.Empty(await CheckAsync(Url()));

    [Fact]
    public async Task What_the_registry_would_take_passes_and_what_it_would_refuse_is_an_error_at_the_record()
    {
        var contract = Assert.Single(_shop.Build().Contracts);
        _registered[Subject] = contract.Schema.ToJsonString();
        Assert.Empty(await CheckAsync(Url()));

        _registered[Subject] = contract.Schema.ToJsonString().Replace("\"number\"", "\"boolean\"", StringComparison.Ordinal);
        var finding = Assert.Single(await CheckAsync(Url()));

        Assert.Equal((true, "EDC009", 1), (finding.IsError, finding.Code, finding.At.Line));
        Assert.Contains($"would refuse it as the next version of {Subject}", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Name_and_password_in_the_URL_are_sent_and_never_shown()
    {
        _registered[Subject] = "{\"type\":\"string\"}";

        var finding = Assert.Single(await CheckAsync(new UriBuilder(Url()) { UserName = "ada", Password = "s%3Acret" }.Uri));

        Assert.Contains("Basic " + Convert.ToBase64String("ada:s:cret"u8), _users);
        Assert.DoesNotContain("cret", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registry_that_does_not_answer_is_told() => Assert.Contains(
        "The schema registry at http://127.0.0.1:1/ does not answer as one",
        (await Assert.ThrowsAsync<ContractException>(() => CheckAsync(new Uri("http://127.0.0.1:1/")))).Message);

    public async ValueTask DisposeAsync()
    {
        await _registry.DisposeAsync();
        _shop.Dispose();
    }

    private async Task<IReadOnlyList<Finding>> CheckAsync(Uri url)
    {
        using var check = new RegistryCheck(url);
        return await check.CheckAsync(_shop.Build().Contracts, Token);
    }

    private async Task<IResult> AnswerAsync(string subject, HttpRequest request)
    {
        _users.Add(request.Headers.Authorization);
        if (!_registered.TryGetValue(subject, out var registered))
        {
            return TypedResults.Json(new { error_code = 40401, message = $"Subject '{subject}' not found." }, statusCode: 404);
        }

        var asked = await JsonNode.ParseAsync(request.Body, cancellationToken: Token);
        var isCompatible = !SchemaCompatibility.Compare(
            SchemaDocument.Parse(Encoding.UTF8.GetBytes(registered), "registered"),
            SchemaDocument.Parse(Encoding.UTF8.GetBytes(asked!["schema"]!.GetValue<string>()), "asked")).Any(d => d.BreaksBackward);
        return TypedResults.Json(new { is_compatible = isCompatible });
    }

    private static WebApplication Create()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        return builder.Build();
    }

    private Uri Url() => new(_registry.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
}
