using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Checkout.Api.Database;
using EventDriven.Identity;
using EventDriven.Tests.Authorization;
using EventDriven.Tests.Checkout.Host;

namespace EventDriven.Tests.Checkout.Payments;

/// <summary>Who develops needs no payment provider; who runs it does.</summary>
public sealed class ProviderStandInTests(Servers servers) : IAsyncLifetime
{
    private const string SomeSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private CheckoutAppOptions _options = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _options = new CheckoutAppOptions(await servers.CreateDatabaseAsync(Token), servers.Redis);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task In_Development_a_stand_in_takes_refunds()
    {
        await using var app = new CheckoutApp(_options);
        var id = await app.Client.PlaceAsync();
        await app.Client.PaidAsync(id, $"pay_{id}", 13.80m);
        using var cancelled = await app.Client.CancelAsync(id);

        await Eventually.GetAsync(() => app.Client.GetOrderAsync(id), order => order.Payment() == (13.80m, 0m, 0m, 13.80m));
        Assert.Equal(["order-placed", "payment-captured", "order-cancelled", "payment-refunded"], await app.AnnouncedAsync(id));
    }

    [Fact]
    public async Task Stand_in_answers_alike_when_a_command_is_repeated_and_takes_no_other_under_its_key()
    {
        await using var app = new CheckoutApp(_options);

        Assert.Equal(HttpStatusCode.OK, await AskAsync(app, 5m));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(app, 5m));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await AskAsync(app, 6m));
    }

    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task There_is_no_stand_in_where_a_provider_is_named(string environment)
    {
        await using var identities = await IdentityProvider.StartAsync(Token);
        await using var app = new CheckoutApp(_options with
        {
            Environment = environment,
            Provider = $"http://{CheckoutApp.Away}",
            Identities = identities.Settings(Audiences.System).Union(identities.ClientSettings(Audiences.Inventory)).ToDictionary(),
            Token = identities.Issue(new Dictionary<string, object>(StringComparer.Ordinal) { ["sub"] = "tester" }),
        });

        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(app, 5m));
    }

    [Theory]
    [InlineData("Production", null, SomeSecret, "Payments:Provider is missing")]
    [InlineData("Staging", "", SomeSecret, "Payments:Provider is missing")]
    [InlineData("Development", "provider.example/v1", null, "Payments:Provider is not an absolute http or https URL")]
    [InlineData("Production", "ftp://provider.example", SomeSecret, "Payments:Provider is not an absolute http or https URL")]
    [InlineData("Production", "https://provider.example", null, "Payments:WebhookSecrets:0 is missing")]
    [InlineData("Development", null, "whsec_short", "Payments:WebhookSecrets:0 is not base64 after 'whsec_'. Write 'whsec_' and")]
    public async Task Service_that_does_not_know_its_provider_does_not_start_and_names_the_setting(
        string environment, string? provider, string? secret, string message)
    {
        var start = new ProcessStartInfo("dotnet", typeof(CheckoutDbContext).Assembly.Location)
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = environment;
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["ConnectionStrings__checkoutdb"] = _options.Database;
        start.Environment["ConnectionStrings__redis"] = _options.Redis;
        start.Environment[TestMasterKey.Variable] = TestMasterKey.Value;
        start.Environment["ConnectionStrings__kafka"] = CheckoutApp.Away;
        start.Environment["Payments__Provider"] = provider;
        start.Environment["Payments__WebhookSecrets__0"] = secret;
        using var service = Process.Start(start)!;
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(Token);
        bound.CancelAfter(TimeSpan.FromSeconds(60));

        var output = await Task.WhenAll(
            service.StandardError.ReadToEndAsync(bound.Token), service.StandardOutput.ReadToEndAsync(bound.Token));
        await service.WaitForExitAsync(bound.Token);

        Assert.NotEqual(0, service.ExitCode);
        Assert.Contains(message, string.Concat(output), StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> AskAsync(CheckoutApp app, decimal amount)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/dev/payment-provider/refunds")
        {
            Content = JsonContent.Create(new { providerReference = "pay", amount, currency = "EUR", reason = "order-cancelled" }),
        };
        request.Headers.Add("Idempotency-Key", "refund-pay");
        using var answer = await app.Client.SendAsync(request, Token);
        return answer.StatusCode;
    }
}
