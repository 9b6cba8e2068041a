using System.Diagnostics;
using EventDriven.Messaging;
using EventDriven.Messaging.Telemetry;

namespace EventDriven.Tests.Messaging;

[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class MessagingActivityTests : IDisposable
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";

    private readonly ActivityListener _listener = new()
    {
        ShouldListenTo = source => source.Name == MessagingActivity.SourceName,
        Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
    };

    public MessagingActivityTests() => ActivitySource.AddActivityListener(_listener);

    public void Dispose() => _listener.Dispose();

    /// <summary>L9: the events of a batch have a span each before the first of them ends; none may become the cause of the next.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("not a trace parent")]
    public void An_event_without_a_trace_starts_one_of_its_own_beside_another_event(string? traceParent)
    {
        using var traced = Start($"00-{TraceId}-b7ad6b7169203331-01");
        using var untraced = Start(traceParent);
        using var second = Start(traceParent);

        Assert.Equal(TraceId, traced.TraceId.ToHexString());
        Assert.All([untraced, second], activity =>
        {
            Assert.Null(activity.ParentId);
            Assert.NotEqual(TraceId, activity.TraceId.ToHexString());
        });
        Assert.NotEqual(untraced.TraceId, second.TraceId);
    }

    private static Activity Start(string? traceParent)
    {
        var envelope = new EventEnvelope
        {
            Id = Guid.CreateVersion7().ToString(),
            Source = "/tests",
            Type = "tests.notes.noted.v1",
            Subject = "key",
            Time = DateTimeOffset.UnixEpoch,
            CorrelationId = "correlation",
            CausationId = "causation",
            TraceParent = traceParent,
        };
        var activity = MessagingActivity.StartProcess(new Delivery("group", "notes.v1", 0, 1, 1), envelope, 3);
        Assert.NotNull(activity);
        return activity;
    }
}
