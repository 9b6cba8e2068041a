using Confluent.Kafka;
using EventDriven.Messaging.Kafka;
using Microsoft.Extensions.Time.Testing;

namespace EventDriven.Tests.Messaging;

/// <summary>A client that an outage has made forget every broker is told where they are.</summary>
public sealed class BootstrapReminderTests : IDisposable
{
    private const string Servers = "127.0.0.1:9";

    private readonly FakeTimeProvider _time = new();
    private readonly CountingClient _client = new();
    private readonly BootstrapReminder _reminder;

    public BootstrapReminderTests() => _reminder = new BootstrapReminder(Servers, _time);

    [Fact]
    public void It_reminds_when_the_client_has_been_quiet_and_ever_more_seldom_after_that()
    {
        _reminder.ErrorOf(_client);
        _time.Advance(BootstrapReminder.Quiet / 2);
        _reminder.ErrorOf(_client);
        _time.Advance(BootstrapReminder.Quiet / 2);
        Assert.Empty(_client.Added);

        var (wait, reminded) = (BootstrapReminder.Quiet, 0);
        _time.Advance(BootstrapReminder.Quiet / 2);
        Assert.Equal(++reminded, _client.Added.Count);
        while (reminded < BootstrapReminder.Times)
        {
            wait *= 2;
            _time.Advance(wait);
            Assert.Equal(++reminded, _client.Added.Count);
        }

        _time.Advance(10 * wait);
        Assert.Equal(Enumerable.Repeat(Servers, BootstrapReminder.Times), _client.Added);
        _reminder.ErrorOf(_client);
        _time.Advance(BootstrapReminder.Quiet);
        Assert.Equal(BootstrapReminder.Times + 1, _client.Added.Count);
    }

    [Fact]
    public void It_lets_a_client_that_is_about_to_go_alone()
    {
        _reminder.ErrorOf(_client);
        _reminder.Dispose();

        _reminder.ErrorOf(_client);
        _time.Advance(10 * BootstrapReminder.Quiet);

        Assert.Empty(_client.Added);
    }

    /// <summary>It would be thrown in a timer, and end the process.</summary>
    [Fact]
    public void A_client_that_is_gone_is_not_reminded_any_more()
    {
        _client.IsDisposed = true;
        _reminder.ErrorOf(_client);

        _time.Advance(10 * BootstrapReminder.Quiet);

        Assert.Empty(_client.Added);
    }

    public void Dispose() => _reminder.Dispose();

    private sealed class CountingClient : IClient
    {
        public List<string> Added { get; } = [];

        public bool IsDisposed { get; set; }

        public Handle Handle => throw new NotSupportedException();

        public string Name => "a client";

        public int AddBrokers(string brokers)
        {
            ObjectDisposedException.ThrowIf(IsDisposed, this);
            Added.Add(brokers);
            return 1;
        }

        public void SetSaslCredentials(string username, string password) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
