using Checkout.Api.Payments.Webhooks;
using EventDriven.AppHost.Payments;
using EventDriven.Tests.Services;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EventDriven.Tests.Checkout.Webhooks;

/// <summary>The secrets in the configuration: what is wrong stops the start, what is changed is used.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class WebhookSecretsTests
{
    private readonly string _old = WebhookSigner.NewSecret();
    private readonly string _new = WebhookSigner.NewSecret();

    [Theory]
    [InlineData(24)]
    [InlineData(64)]
    public void A_secret_of_24_to_64_bytes_is_good(int bytes) => Validate(WebhookHost.With(Secret(bytes)));

    [Theory]
    [InlineData(23, "Payments:WebhookSecrets:1 has 23 bytes, which is too short. Write 'whsec_' and the base64 of 24 to 64 random bytes")]
    [InlineData(65, "Payments:WebhookSecrets:1 has 65 bytes, which is too long. Write 'whsec_' and the base64 of 24 to 64 random bytes")]
    [InlineData(0, "Payments:WebhookSecrets:1 has 0 bytes, which is too short. Write 'whsec_'")]
    public void A_secret_that_is_too_short_or_too_long_stops_the_start(int bytes, string message) =>
        IsRefused(WebhookHost.With(_old, Secret(bytes)), message);

    [Theory]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "does not begin with 'whsec_'. Write 'whsec_' and the base64 of")]
    [InlineData("whsk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "does not begin with 'whsec_'. Write 'whsec_' and the base64 of")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS", "is not base64 after 'whsec_'. Write 'whsec_' and the base64 of")]
    [InlineData("whsec_a secret of more than 24 letters", "is not base64 after 'whsec_'. Write 'whsec_' and the base64 of")]
    public void A_secret_that_is_none_stops_the_start_and_is_not_told(string secret, string message)
    {
        var failure = IsRefused(WebhookHost.With(secret), $"Payments:WebhookSecrets:0 {message}");
        Assert.DoesNotContain(secret[6..], failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Staging", "")]
    public void No_secret_stops_the_start_outside_of_Development(string environment, params string[] secrets) => IsRefused(
        WebhookHost.In(environment, secrets), "Payments:WebhookSecrets:0 is missing: the secret with which the payment provider signs");

    [Fact]
    public async Task In_Development_no_secret_is_a_warning_and_there_is_no_key()
    {
        using var log = new LoggedLines();
        var builder = WebhookHost.In("Development");
        builder.Services.AddSingleton<ILoggerProvider>(log);
        await using var app = builder.Build();
        Validate(app);

        Assert.Empty(app.Services.GetRequiredService<WebhookKeys>().All);
        Assert.Contains(
            log.Entries,
            e => e.Level == LogLevel.Warning && e.Line.StartsWith("Payments:WebhookSecrets is empty.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_empty_entry_is_none()
    {
        await using var app = WebhookHost.With("", _old).Build();
        Validate(app);

        Assert.Single(app.Services.GetRequiredService<WebhookKeys>().All);
    }

    [Fact]
    public async Task A_changed_configuration_is_used_without_a_restart()
    {
        await using var app = WebhookHost.With(_old).Build();
        var keys = app.Services.GetRequiredService<WebhookKeys>();
        Assert.Equal([Key(_old)], keys.All);

        Change(app, (1, _new));
        Assert.Equal([Key(_old), Key(_new)], keys.All);

        Change(app, (0, _new), (1, null));
        Assert.Equal([Key(_new)], keys.All);
    }

    [Fact]
    public async Task A_change_that_is_wrong_is_an_error_in_the_log_and_the_former_keys_stay()
    {
        using var log = new LoggedLines();
        var builder = WebhookHost.With(_old);
        builder.Services.AddSingleton<ILoggerProvider>(log);
        await using var app = builder.Build();
        var keys = app.Services.GetRequiredService<WebhookKeys>();

        Assert.ThrowsAny<Exception>(() => Change(app, (0, "whsec_short")));

        Assert.Equal([Key(_old)], keys.All);
        Assert.Contains(
            log.Entries,
            e => e.Level == LogLevel.Error && e.Line.Contains("Payments:WebhookSecrets:0 is not base64", StringComparison.Ordinal));
        Change(app, (0, _new));
        Assert.Equal([Key(_new)], keys.All);
    }

    private static void Change(WebApplication app, params (int Index, string? Secret)[] changes)
    {
        foreach (var (index, secret) in changes)
        {
            app.Configuration[$"Payments:WebhookSecrets:{index}"] = secret;
        }

        ((IConfigurationRoot)app.Configuration).Reload();
    }

    private static string Secret(int bytes) => $"whsec_{Convert.ToBase64String(new byte[bytes])}";

    private static byte[] Key(string secret) => Convert.FromBase64String(secret[6..]);

    private static string IsRefused(WebApplicationBuilder builder, string message)
    {
        var failure = Assert.Throws<OptionsValidationException>(() => Validate(builder)).Message;
        Assert.Contains(message, failure, StringComparison.Ordinal);
        return failure;
    }

    private static void Validate(WebApplicationBuilder builder)
    {
        using var app = (IDisposable)builder.Build();
        Validate((WebApplication)app);
    }

    // As the host does when it starts.
    private static void Validate(WebApplication app) => app.Services.GetRequiredService<IStartupValidator>().Validate();
}
