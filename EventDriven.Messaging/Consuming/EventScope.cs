using System.Diagnostics;
using EventDriven.Messaging.Telemetry;
using Microsoft.Extensions.Logging;

namespace EventDriven.Messaging.Consuming;

/// <summary>What is announced, logged and called until it is disposed of belongs to one event (law L9).</summary>
internal sealed class EventScope : IDisposable
{
    private readonly bool _isOfBatch = CorrelationContext.IsOfBatch;
    private readonly CorrelationContext? _outerCorrelation = CorrelationContext.Current;
    private readonly Activity? _outerActivity = Activity.Current;
    private readonly IDisposable? _logScope;

    public EventScope(CorrelationContext correlation, Activity? activity, ILogger logger)
    {
        CorrelationContext.Current = correlation;
        Activity.Current = activity;
        _logScope = logger.BeginScope(new CorrelationScope(correlation));
    }

    public void Dispose()
    {
        _logScope?.Dispose();
        Activity.Current = _outerActivity;
        CorrelationContext.Current = _outerCorrelation;
        if (_isOfBatch)
        {
            CorrelationContext.BeginBatch();
        }
    }
}
