using System.Diagnostics;
using OpenTelemetry.Trace;

namespace EventDriven.ServiceDefaults.Telemetry;

/// <summary>
/// Records what a request or an event led to. A client call without a cause is housekeeping (the relay's look at the outbox, a health check):
/// traces of one such span each would bury the others.
/// </summary>
internal sealed class CausedSpansOnly : Sampler
{
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        new(samplingParameters.Kind is ActivityKind.Client ? SamplingDecision.Drop : SamplingDecision.RecordAndSample);
}
