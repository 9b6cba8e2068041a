using EventDriven.Tests.Notifications.Mail;

namespace EventDriven.Tests.Application.Harness;

/// <summary>One instance of each service, all of which send their telemetry to the tests and mails to a real server.</summary>
public sealed class ObservedSystem : IAsyncLifetime
{
    private readonly MailServer _mail = new();
    private OtlpReceiver? _telemetry;
    private SystemUnderTest? _system;

    internal SystemUnderTest System => _system ?? throw new InvalidOperationException("The system has not been started.");

    internal OtlpReceiver Telemetry => _telemetry ?? throw new InvalidOperationException("The receiver has not been started.");

    internal SystemClient Client => new(System);

    internal async Task<Log> LogAsync() => new(await System.ConnectionStringAsync("kafka"));

    public async ValueTask InitializeAsync()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        _telemetry = await OtlpReceiver.StartAsync(cancellationToken);
        var environment = new Dictionary<string, string>(_telemetry.ExporterEnvironment, StringComparer.Ordinal)
        {
            // One line an event; it is off by default.
            ["Logging__LogLevel__EventDriven.Messaging.Consuming"] = "Debug",
            ["Messaging__Outbox__PollInterval"] = "00:00:00.250",
        };
        if (MailServer.WhyNot is null)
        {
            await _mail.StartAsync();
            environment["ConnectionStrings__smtp"] = _mail.ConnectionString;
        }

        _system = await SystemUnderTest.StartAsync(replicas: 1, cancellationToken, environment);
    }

    public async ValueTask DisposeAsync()
    {
        if (_system is not null)
        {
            await _system.DisposeAsync();
        }

        if (_telemetry is not null)
        {
            await _telemetry.DisposeAsync();
        }

        await _mail.DisposeAsync();
    }
}
