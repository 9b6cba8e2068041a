using Microsoft.Extensions.Options;

namespace Checkout.Api.Payments.Webhooks;

/// <summary>
/// Checks the secrets. A wrong one stops the start. One that comes later with a changed configuration is logged, because nobody awaits
/// that change, and the former secrets stay in use (<see cref="WebhookKeys"/>).
/// </summary>
internal sealed partial class WebhookOptionsValidation(IHostEnvironment environment, ILogger<WebhookOptionsValidation> logger)
    : IValidateOptions<WebhookOptions>
{
    private const string Setting = $"{WebhookOptions.Section}:{nameof(WebhookOptions.WebhookSecrets)}";

    public ValidateOptionsResult Validate(string? name, WebhookOptions options)
    {
        var failures = Failures(options).ToList();
        if (failures.Count == 0)
        {
            return ValidateOptionsResult.Success;
        }

        Log.Unusable(logger, string.Join(' ', failures));
        return ValidateOptionsResult.Fail(failures);
    }

    private IEnumerable<string> Failures(WebhookOptions options)
    {
        if (options.WebhookSecrets.All(string.IsNullOrEmpty) && !environment.IsDevelopment())
        {
            yield return $"{Setting}:0 is missing: the secret with which the payment provider signs what it sends. "
                + $"Write {WebhookSecret.Form}.";
        }

        foreach (var (index, secret) in options.WebhookSecrets.Index())
        {
            if (!string.IsNullOrEmpty(secret) && WebhookSecret.Read(secret, out _) is { } wrong)
            {
                yield return $"{Setting}:{index} {wrong}. Write {WebhookSecret.Form}.";
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2221, LogLevel.Error, "The webhook's secrets are not usable. {Reason}")]
        public static partial void Unusable(ILogger logger, string reason);
    }
}
