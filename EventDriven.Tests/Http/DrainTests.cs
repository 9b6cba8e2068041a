using System.Net;
using EventDriven.Identity;
using EventDriven.ServiceDefaults;
using EventDriven.ServiceDefaults.Draining;
using EventDriven.Tests.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace EventDriven.Tests.Http;

/// <summary>How an instance that is asked to end leaves its load balancer, on Kestrel and without a database.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class DrainTests
{
    private const string Setting = "Http:Drain:Delay";

    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_says_that_it_is_not_ready_and_serves_until_the_delay_has_passed()
    {
        await using var app = await StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        Assert.Null((await http.GetAsync("/quick", Token)).Headers.ConnectionClose);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/health", Token)).StatusCode);

        var stopping = app.StopAsync(Token);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await http.GetAsync("/health", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/alive", Token)).StatusCode);
        _time.Advance(Delay - TimeSpan.FromSeconds(1));
        using var answer = await http.GetAsync("/quick", Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(answer.Headers.ConnectionClose);
        Assert.False(stopping.IsCompleted);

        _time.Advance(TimeSpan.FromSeconds(1));
        await stopping.WaitAsync(Bound, Token);
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync("/quick", Token));
    }

    [Fact]
    public async Task A_request_that_is_in_hand_after_the_delay_is_answered()
    {
        await using var app = await StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        var inHand = http.GetAsync("/slow", Token);
        await _begun.Task.WaitAsync(Bound, Token);

        var stopping = app.StopAsync(Token);
        _time.Advance(Delay);
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                using var answer = await http.GetAsync("/quick", Token);
                return false;
            }
            catch (HttpRequestException)
            {
                return true;
            }
        });
        Assert.False(inHand.IsCompleted);

        _done.SetResult();
        using var last = await inHand;
        Assert.Equal(HttpStatusCode.OK, last.StatusCode);
        Assert.True(last.Headers.ConnectionClose);
        await stopping.WaitAsync(Bound, Token);
    }

    [Theory]
    [InlineData("Production", null, 15)]
    [InlineData("Development", null, 0)]
    [InlineData("Development", "00:00:02", 2)]
    [InlineData("Production", "00:00:00", 0)]
    public void It_drains_in_deployments_and_what_is_in_hand_keeps_its_time(string environment, string? setting, int seconds)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = environment });
        if (setting is not null)
        {
            builder.Configuration[Setting] = setting;
        }

        builder.AddServiceDefaults();
        using var services = builder.Services.BuildServiceProvider();

        Assert.Equal(TimeSpan.FromSeconds(seconds), services.GetRequiredService<IOptions<DrainOptions>>().Value.Delay);
        Assert.Equal(
            new HostOptions().ShutdownTimeout + TimeSpan.FromSeconds(seconds),
            services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout);
    }

    [Theory]
    [InlineData("-00:00:01")]
    [InlineData("00:06:00")]
    public async Task A_delay_that_can_not_be_stops_the_start(string delay)
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(delay));

        Assert.Contains("Delay", failure.Message, StringComparison.Ordinal);
    }

    private async Task<WebApplication> StartAsync(string delay = "00:00:15")
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Development });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(
            TestTokens.SettingsOf(Audiences.Checkout).Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.Configuration[Setting] = delay;
        builder.AddServiceDefaults();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(_time);
        var app = builder.Build();
        app.UseServiceDefaults();
        app.MapDefaultEndpoints();
        app.MapGet("/quick", () => "done").AllowAnonymous();
        app.MapGet("/slow", async (CancellationToken cancellationToken) =>
        {
            _begun.SetResult();
            await _done.Task.WaitAsync(cancellationToken);
            return "done";
        }).AllowAnonymous();
        await app.StartAsync(Token);
        return app;
    }
}
