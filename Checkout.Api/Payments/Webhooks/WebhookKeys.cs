using Microsoft.Extensions.Options;

namespace Checkout.Api.Payments.Webhooks;

/// <summary>
/// The keys that the provider may sign with. A changed configuration is used at once, without a restart; while the changed one is wrong,
/// the former keys stay. It is a hosted service so that it reads the keys at the start, when the configuration is known to be right.
/// </summary>
internal sealed partial class WebhookKeys : IHostedService, IDisposable
{
    private readonly IDisposable? _changes;
    private volatile byte[][] _all;

    public WebhookKeys(IOptionsMonitor<WebhookOptions> options, ILogger<WebhookKeys> logger)
    {
        _all = Read(options.CurrentValue);
        if (_all.Length == 0)
        {
            Log.None(logger);
        }

        _changes = options.OnChange(changed => _all = Read(changed));
    }

    /// <summary>All keys; none only in Development.</summary>
    public IReadOnlyList<byte[]> All => _all;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _changes?.Dispose();

    private static byte[][] Read(WebhookOptions options) =>
        [.. options.WebhookSecrets.Where(secret => !string.IsNullOrEmpty(secret)).Select(Key)];

    // The validation has refused what is no secret.
    private static byte[] Key(string secret)
    {
        _ = WebhookSecret.Read(secret, out var key);
        return key;
    }

    private static partial class Log
    {
        [LoggerMessage(2222, LogLevel.Warning, "Payments:WebhookSecrets is empty. The webhook refuses every message of the payment "
            + "provider. The AppHost sets it.")]
        public static partial void None(ILogger logger);
    }
}
